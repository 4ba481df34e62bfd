"""A published file → `Document`: its texts and grids in reading order, whatever format it is in.

    bytes ─► sniff ─► html · docx · odt · pdf · txt · xlsx ─► Document

Nothing here knows a form: what a label is called and which figure belongs to it is the business of the room `table`.
"""
