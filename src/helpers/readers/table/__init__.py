"""Document + form → cells: the rows of its grids matched with the form's, their figures placed in the form's columns.

lines ─► matching ─► columns ─► placing ─► doubts ─► alignment
          labels      headers · unruled
"""
