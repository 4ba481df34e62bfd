"""Which declarations hold for which element: CSS's own order, through tinycss2 and cssselect2."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import tinycss2
from lxml import etree

from helpers.hypertext.properties import declared, fetches, settings
from helpers.hypertext.refusals import refused

Style = dict[str, str]

_LEGACY = {"align": "text-align", "valign": "vertical-align", "bgcolor": "background-color", "color": "color",
           "width": "width", "height": "height"}  # fmt: skip
_REMEDY = "A published page loads nothing; leave it out, fonts and colours of the report are its own."

Settings = tuple[tuple[str, str, bool], ...]
"""Property, value, whether it is `!important`; in the order written."""


Settled = Callable[[str, Sequence[Any]], Sequence[tuple[str, str]]]
"""What a declaration (its name, the tokens of its value) sets."""


class Cascade:
    """The style sheets under `body`, ready to be asked; style that would fetch something is refused."""

    def __init__(self, body: Any, settings: Settled = settings, *, legacy: bool = True) -> None:
        self._body = body
        self._settings = settings
        self._legacy = legacy
        self._matched: dict[Any, list[Settings]] = {}
        self.generated: dict[Any, str] = {}
        """Element → the text that a style sheet writes before or after its content."""
        sheets = [sheet for element in body.iter("{*}style") if (sheet := "".join(element.itertext())).strip()]
        if sheets:
            self._match(sheets)

    def styles(self) -> Iterator[tuple[Any, Style]]:
        """Every element that is given any style, and that style."""
        for element in self._body.iter(etree.Element):
            attributes = element.attrib
            if attributes or element in self._matched:
                own = vet_inline(element, self._settings)
                layers = [_legacy(attributes) if self._legacy else (), *self._matched.get(element, ()), own]
                if style := _merged(layers):
                    yield element, style

    def _match(self, sheets: Iterable[str]) -> None:
        import cssselect2  # only a page with a style sheet pays for it

        matcher = cssselect2.Matcher()
        named: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for number, (prelude, content) in enumerate(_rules(sheets)):
            rule = (number, _read(content, self._settings), _content(content))
            if ids := _ids(prelude):
                for name in ids:
                    named[name].append(((1, 0, 0), None, rule))
                continue
            try:
                for selector in cssselect2.compile_selector_list(prelude):
                    matcher.add_selector(selector, rule)
            except cssselect2.SelectorError:
                continue
        for wrapper in cssselect2.ElementWrapper.from_html_root(self._body).iter_subtree():
            element = wrapper.etree_element
            found = [(weight, pseudo, rule) for weight, _, pseudo, rule in matcher.match(wrapper)]
            found += named.get(element.get("id"), ())
            for _, pseudo, (_, set_, said) in sorted(found, key=lambda match: (match[0], match[2][0])):
                if pseudo is None:
                    self._matched.setdefault(element, []).append(set_)
                elif said:
                    self.generated[element] = said


def _ids(prelude: Sequence[Any]) -> list[str]:
    """The ids of a selector that is a mere list of them: a styled frame has one a cell, and compiling is slow."""
    tokens = [token for token in prelude if token.type not in ("whitespace", "comment")]
    plain = all(token.type == "hash" if place % 2 == 0 else token == "," for place, token in enumerate(tokens))
    return [token.value for token in tokens[::2]] if plain else []


def _rules(sheets: Iterable[str]) -> Iterator[tuple[Any, Any]]:
    """Selector and content of every plain rule; rules for other media, animations and fonts are left out."""
    for sheet in sheets:
        sheet = sheet.replace("<![CDATA[", "").replace("]]>", "")
        for node in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if node.type == "error":
                continue
            found = fetches(node.prelude) or fetches(node.content)
            if found or (node.type == "at-rule" and node.lower_at_keyword == "import"):
                raise refused("a style sheet that fetches something", found or node.serialize(), _REMEDY)
            if node.type == "qualified-rule":
                yield node.prelude, node.content


def _merged(layers: Iterable[Settings]) -> Style:
    """Later layers win, what is important over all that is not."""
    style: Style = {}
    important: Style = {}
    for layer in layers:
        for name, value, is_important in layer:
            (important if is_important else style)[name] = value
    return {name: value for name, value in {**style, **important}.items() if value}


def vet_inline(element: Any, settings: Settled = settings) -> Settings:
    """What the style attribute of `element` sets; refused if it would fetch something."""
    text = element.get("style")
    if text is None:
        return ()
    found = _inline(text, settings)
    if isinstance(found, str):
        raise refused("a style attribute that fetches something", element, _REMEDY)
    return found


@lru_cache(maxsize=4096)
def _inline(text: str, settings: Settled) -> Settings | str:
    found = next((found for node in declared(text) if (found := fetches(node.value))), None)
    return found or _read(text, settings)


def _read(content: Any, settings: Settled) -> Settings:
    return tuple(
        (name, value, node.important)
        for node in declared(content)
        for name, value in settings(node.lower_name, node.value)
    )


def _content(content: Any) -> str:
    """The text of a `content` property; counters and the like are none."""
    tokens = [token for node in declared(content) if node.lower_name == "content" for token in node.value]
    return "".join(token.value for token in tokens if token.type == "string")


@lru_cache(maxsize=1024)
def _presentational(name: str, value: str) -> Settings:
    tokens = tinycss2.parse_component_value_list(value + "px" if value.strip().isdigit() else value)
    return tuple((name, kept, False) for name, kept in settings(_LEGACY[name], tokens))


def _legacy(attributes: Any) -> Settings:
    return tuple(pair for name in _LEGACY if name in attributes for pair in _presentational(name, attributes[name]))
