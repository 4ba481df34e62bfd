"""The tree as Typst markup: every word a string literal, tables and pictures handed to the template's functions."""

from __future__ import annotations

from typing import Any

from helpers.display import literal
from helpers.hypertext.elements import ELEMENTS
from helpers.hypertext.inline import Line
from helpers.hypertext.lattice import Lattice, lattice
from helpers.hypertext.outline import levels
from helpers.hypertext.parsing import Tree


def to_typst(tree: Tree, *, headings: int = 0) -> str:
    """Typst markup of the tree, to stand in the template of `exporters`; its headings `headings` levels lower.

    PDF/UA refuses a level left out: headings move up where one is missing, siblings alike.
    """
    return Typesetter(tree, headings).flow(tree.body).strip()


class Typesetter:
    """Sets one tree. `flow` is for what may hold blocks, `fill` for what stands in a line."""

    def __init__(self, tree: Tree, headings: int) -> None:
        self._levels = levels(tree, headings)
        self._with_blocks: set[Any] = set()
        for element in tree.body.iterdescendants():
            if ELEMENTS[element.tag].standing == "block":
                while (element := element.getparent()) is not None and element not in self._with_blocks:
                    self._with_blocks.add(element)

    def flow(self, element: Any) -> str:
        """The content of `element`: paragraphs and other blocks, or a bare line if it has no more."""
        parts: list[str] = []
        line = Line()
        line.text(element.text or "")
        for child in element:
            if ELEMENTS[child.tag].standing == "block" or child in self._with_blocks:
                parts += (line.markup(), self.block(child))
                line = Line()
            else:
                self.fill(line, child)
            line.text(child.tail or "")
        parts.append(line.markup())
        whole = [part for part in parts if part]
        # A lone paragraph is one to Typst only where something ends it.
        return "\n\n".join(whole) + ("\n\n" if len(whole) == 1 and element in self._with_blocks else "")

    def block(self, element: Any) -> str:
        """One block with what is around its content."""
        own = getattr(self, f"_{element.tag}", None)
        if own is not None:
            return str(own(element))
        if element in self._levels:
            content = self.flow(element)
            return f"#heading(level: {self._levels[element]})[{content}]" if content else ""
        call = self._call(element)
        content = self.flow(element)
        return f"{call}[{content}]" if call and content else content

    def fill(self, line: Line, element: Any) -> None:
        """Add an element that stands in a line."""
        if element.tag == "br":
            line.broken()
        elif element.tag == "wbr":
            line.put("#sym.zws;")
        elif element.tag == "input":
            line.put("#checkbox(true);" if element.get("checked") is not None else "#checkbox(false);")
        elif element.tag in ("code", "kbd", "samp", "tt") and not len(element):
            if element.text:
                line.put(f"#raw({literal(element.text)});")
        else:
            call = self._call(element)
            line.mark(f"{call}[" if call else "")
            line.text(element.text or "")
            for child in element:
                self.fill(line, child)
                line.text(child.tail or "")
            line.mark("]" if call else "")

    def _call(self, element: Any) -> str:
        if element.tag == "a":
            # A place in the page is none in print.
            href = element.get("href", "#")
            return "" if href.startswith("#") else f"#link({literal(href)})"
        return ELEMENTS[element.tag].typst or ""

    def _pre(self, element: Any) -> str:
        text = "".join(element.itertext()).removesuffix("\n")
        return f"#raw({literal(text)}, block: true)" if text.strip() else ""

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
        """A list; what stands in it outside its items is an item, too."""
        items = []
        for child in element:
            item = self.flow(child) if child.tag == "li" else self.block(child)
            number = child.get("value") if name == "enum" else None
            items.append(f"enum.item({number})[{item}], " if number else f"[{item}], ")
        return f"#{name}({options}{''.join(items)})" if items else ""

    def _dl(self, element: Any) -> str:
        """Terms and what is said of each; a `div` may hold a pair of them."""
        items: list[tuple[str, list[str]]] = []
        for child in element.iter("dt", "dd"):
            if next(child.iterancestors("dl")) is not element:
                continue
            if child.tag == "dt":
                items.append((self.flow(child), []))
            else:
                items = items or [("", [])]
                items[-1][1].append(self.flow(child))
        set_ = "".join(f"terms.item[{term}][{'#parbreak();'.join(said)}], " for term, said in items)
        return f"#terms({set_})" if set_ else ""

    def _summary(self, element: Any) -> str:
        content = self.flow(element)
        return f"#strong[{content}]" if content else ""

    def _table(self, element: Any) -> str:
        laid = lattice(element)
        if not laid.cells:
            return ""
        caption = self.flow(laid.caption).strip() if laid.caption is not None else ""
        above = f", caption: [{caption}]" if caption else ""
        return f"#data-table({laid.columns}, {laid.head}{above},\n{self._cells(laid)})"

    def _cells(self, laid: Lattice) -> str:
        return "\n".join(
            f"{cell.element.tag}({cell.x}, {cell.y}, {cell.width}, {cell.height})[{self.flow(cell.element).strip()}],"
            for cell in laid.cells
        )
