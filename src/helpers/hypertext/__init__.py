"""What an analyst adds to a report: one tree of allowed HTML. The page is its serialisation, print its typesetting.

`parse` lets through what stands in the one table of `elements`, refuses what would run or fetch something and what is
unknown, and leaves out the rest, so that neither side has to be looked at again:

    tree = parse(frame.to_html())
    to_html(tree), to_typst(tree)
"""

from helpers.errors import RefusedError as Refused
from helpers.hypertext.outline import Outline, outlines
from helpers.hypertext.parsing import Tree, parse, vet
from helpers.hypertext.serialising import to_html
from helpers.hypertext.typesetting import to_typst

__all__ = ["Outline", "Refused", "Tree", "outlines", "parse", "to_html", "to_typst", "vet"]
