"""The tree as Typst markup: every word a string literal, tables and pictures handed to the template's functions."""

from __future__ import annotations

from typing import Any

from helpers.display import literal
from helpers.hypertext.elements import ELEMENTS
from helpers.hypertext.illustrating import PICTURES, is_icon, picture
from helpers.hypertext.inks import around, within
from helpers.hypertext.inline import Line, bare, partable
from helpers.hypertext.mathml import equation
from helpers.hypertext.outline import UNDER_A_SECTION, Outline, levels
from helpers.hypertext.parsing import Tree
from helpers.hypertext.styles import read
from helpers.hypertext.tabling import data_table

_CODE = ("code", "kbd", "samp", "tt")

_LONGEST_LINK = 8000
"""Bytes of an address; the typesetter takes no longer one, and none that is empty."""


def to_typst(tree: Tree, *, headings: int = 0, outline: Outline = UNDER_A_SECTION) -> str:
    """Typst markup of the tree, to stand in the template of `exporters`; its headings `headings` levels lower.

    PDF/UA refuses a level left out: headings move up where one is missing, siblings alike.
    """
    return Typesetter(tree, headings, outline).flow(tree.body).strip()


class Typesetter:
    """Sets one tree. `flow` is for what may hold blocks, `fill` for what stands in a line."""

    def __init__(self, tree: Tree, headings: int, outline: Outline) -> None:
        self._levels = levels(tree, headings, outline)
        self._with_blocks: set[Any] = set()
        for element in tree.body.iterdescendants():
            if self._is_block(element):
                while (element := element.getparent()) is not None and element not in self._with_blocks:
                    self._with_blocks.add(element)

    def flow(self, element: Any) -> str:
        """The content of `element`: paragraphs and other blocks, or a bare line if it has no more."""
        parts: list[str] = []
        line = self._line(element)
        for child in element:
            if self._is_block(child) or child in self._with_blocks:
                parts += (line.markup(), self.block(child))
                line = line.another()
            else:
                self.fill(line, child)
            line.text(child.tail or "")
        parts.append(line.markup())
        whole = [part for part in parts if part]
        # A lone paragraph is one to Typst only where something ends it.
        return "\n\n".join(whole) + ("\n\n" if len(whole) == 1 and element in self._with_blocks else "")

    def _is_block(self, element: Any) -> bool:
        if element.tag in PICTURES:
            return not is_icon(element)
        allowed = ELEMENTS.get(element.tag)  # none has what stands within a drawing
        return allowed is not None and allowed.standing == "block"

    def block(self, element: Any) -> str:
        """One block with what is around its content."""
        if element in self._levels:
            return self._heading(element)
        own = getattr(self, f"_{element.tag}", None)
        style = read(element.get("style"))
        content = own(element) if own else self.flow(element)
        if not content:
            return ""
        calls = ["" if own else self._call(element), *around(style, background=False)]
        if "background-color" in style:
            calls.insert(0, f"#tinted({literal(style['background-color'])})")
        return within(content, calls, style)

    def _heading(self, element: Any) -> str:
        content, pictures = self._title(element)
        style = read(element.get("style"))
        calls = [f"#heading(level: {self._levels[element]})", *around(style, title=True)]
        parts = [within(content, calls, style) if content else "", *pictures]
        return "\n\n".join(part for part in parts if part)

    def _title(self, element: Any) -> tuple[str, list[str]]:
        """What has to be one line: blocks within it leave their words to it, and their pictures come after it."""
        if element not in self._with_blocks:
            return self.flow(element), []
        pictures = [inner for inner in element.iter(*PICTURES) if inner.getparent().tag != "svg"]
        words = " ".join(" ".join(element.xpath(".//text()[not(ancestor::svg)]")).split())
        return bare(words), list(map(self.block, pictures))

    def fill(self, line: Line, element: Any) -> None:
        """Add an element that stands in a line."""
        if element.tag in PICTURES:
            line.put(picture(element, "icon"))
        elif element.tag == "br":
            line.broken()
        elif element.tag == "wbr":
            line.put("#sym.zws;")
        elif element.tag == "input":
            line.put(f"#checkbox({'true' if element.get('checked') is not None else 'false'});")
        elif element.tag == "math":
            line.put(equation(element))
        elif element.tag in _CODE and not len(element) and element.get("style") is None:
            line.put(f"#raw({literal(partable(element.text))});" if element.text else "")
        else:
            calls = [call for call in (self._call(element), *self._around(element)) if call]
            line.mark("".join(f"{call}[" for call in calls))
            line.text(element.text or "")
            for child in element:
                self.fill(line, child)
                line.text(child.tail or "")
            line.mark("]" * len(calls))

    def _line(self, element: Any) -> Line:
        """An empty line for the content of `element`, which may be one that keeps its white space."""
        keeps = any(
            holder.tag == "pre" or read(holder.get("style")).get("white-space", "")[:3] == "pre"
            for holder in (element, *element.iterancestors("td", "th", "pre"))
        )
        line = Line(keeps)
        line.text((element.text or "").removeprefix("\n" if element.tag == "pre" else ""))
        return line

    def _around(self, element: Any) -> list[str]:
        style = read(element.get("style"))
        return around(style, title=any(holder in self._levels for holder in element.iterancestors())) if style else []

    def _call(self, element: Any) -> str:
        if element.tag == "a":
            # A place in the page is none in print.
            href = element.get("href", "").strip()
            leads = href and not href.startswith("#") and len(href.encode()) <= _LONGEST_LINK
            return f"#link({literal(href)})" if leads else ""
        return ELEMENTS[element.tag].typst or ""

    def _img(self, element: Any) -> str:
        within = next(element.iterancestors("td", "th"), None) is not None
        return picture(element, "shown", ", within: true" if within else "")

    _svg = _img

    def _figure(self, element: Any) -> str:
        """A picture and its caption stay together; of other figures the caption stands where it was written."""
        pictures = element.xpath("(.//img | .//svg)[not(ancestor::svg)]")
        captions = element.findall("figcaption")
        others = "".join(element.xpath(".//text()[not(ancestor::svg) and not(ancestor::figcaption)]")).strip()
        if len(pictures) != 1 or len(captions) != 1 or others:
            return self.flow(element)
        above = "true" if element.index(captions[0]) == 0 else "false"
        return picture(pictures[0], "shown", f", caption: [{self.flow(captions[0]).strip()}], above: {above}")

    def _pre(self, element: Any) -> str:
        if any(inner.get("style") for inner in element.iter()):
            content = self.flow(element).strip()
            return f"#preformatted[{content}]" if content else ""
        text = "".join(element.itertext()).removeprefix("\n").removesuffix("\n")
        return f"#raw({literal(partable(text))}, block: true)" if text.strip() else ""

    def _hr(self, element: Any) -> str:
        return "#line(length: 100%)"

    def _ul(self, element: Any) -> str:
        return self._list("list", "", element)

    def _ol(self, element: Any) -> str:
        start = f"start: {element.get('start')}, " if element.get("start") else ""
        numbering = f"numbering: {literal(element.get('type') + '.')}, " if element.get("type", "1") != "1" else ""
        turned = "reversed: true, " if element.get("reversed") is not None else ""
        return self._list("enum", start + numbering + turned, element)

    def _list(self, name: str, options: str, element: Any) -> str:
        items = []
        for child in element:
            number = child.get("value") if name == "enum" else None
            item = self.block(child)
            items.append(f"enum.item({number})[{item}], " if number else f"[{item}], ")
        return f"#{name}({options}{''.join(items)})" if items else ""

    def _dl(self, element: Any) -> str:
        items: list[tuple[str, list[str]]] = []
        for child in element:
            if child.tag == "dt":
                items.append(self._title(child))
            else:
                items = items or [("", [])]
                items[-1][1].append(self.block(child))
        terms = "".join(f"terms.item[{term}][{'#parbreak();'.join(said)}], " for term, said in items)
        return f"#terms({terms})" if terms else ""

    def _summary(self, element: Any) -> str:
        content = self.flow(element)
        return f"#strong[{content}]" if content else ""

    def _table(self, element: Any) -> str:
        return data_table(element, self.block, self.flow)
