"""Markdown → HTML, whose tree is set on the page and in print by `hypertext`.

A county's narrative is read by `prose`: HTML in it is text, a dollar is a dollar, and no picture is fetched. A cell of
an analyst's notebook is read by `notebook_html`: HTML is obeyed as far as `hypertext` lets it through, pictures and
links are as written, formulas are MathML, and a footnote that nothing explains is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpers.hypertext import Tree, parse
from helpers.markup.parsers import narrative, notebook

__all__ = ["notebook_html", "plain", "prose", "tokens", "words"]

_ENDS_LINE = frozenset(
    {
        "p",
        "div",
        "li",
        "tr",
        "table",
        "caption",
        "pre",
        "blockquote",
        "dt",
        "dd",
        "br",
        "hr",
        "footer",
        "ol",
        "ul",
        "dl",
    }
    | {f"h{level}" for level in range(1, 7)}
)


def prose(markdown: str) -> Tree:
    """The narrative `markdown`, allowed as it is: nothing in it acts."""
    return parse(str(narrative()(markdown)).strip())


def notebook_html(markdown: str) -> str:
    """HTML of a notebook's `markdown`, which still has to pass `hypertext.parse`.

    Raises BuildError for a formula that cannot be read and for a footnote that is explained nowhere.
    """
    return str(notebook()(markdown)).strip()


def plain(markdown: str) -> str:
    """The words of the narrative `markdown` without its marks, one paragraph a line."""
    return words(prose(markdown))


def words(tree: Tree) -> str:
    """The words of a tree, one paragraph, item or row a line."""
    return "\n".join(line for each in "".join(_pieces(tree.body)).split("\n") if (line := " ".join(each.split())))


def _pieces(element: Any) -> Iterator[str]:
    """Text in which only blocks, and lines of code, make line ends."""
    keeps = element.tag == "pre" or next(element.iterancestors("pre"), None) is not None
    for child in (None, *element):
        if child is not None:
            yield "\n" if child.tag in _ENDS_LINE else ""
            yield from _pieces(child)
            yield "\n" if child.tag in _ENDS_LINE else " " if child.tag in ("td", "th") else ""
        text = (element.text if child is None else child.tail) or ""
        yield text if keeps else text.replace("\n", " ")


def tokens(markdown: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What mistune reads in the narrative `markdown`, its notes last; and the addresses that it defines."""
    read, state = narrative(rendered=False).parse(markdown)
    return list(read), state.env["ref_links"]  # type: ignore[arg-type]  # without a renderer they are tokens
