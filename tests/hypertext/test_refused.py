"""What would run, fetch or send something is refused by name; what only speaks of it is text."""

from __future__ import annotations

import re

import pytest
from attacks import ACTIVE, HARMLESS
from hypothesis import given
from hypothesis import strategies as st
from reading import Page

from helpers.hypertext import Refused, parse, to_html, vet

ADDRESSES = re.compile(r"(https?|mailto|tel):|#|data:image/(png|jpeg|gif|webp);base64,[\w+/=]*$|(?![/\\]{2})[^:]*$")
# Written out once more: the table of the package may not vouch for itself.
ALLOWED = frozenset(
    re.findall(
        r"\w+",
        """
        a abbr address article aside b bdi bdo big blockquote br caption center circle cite clippath code col colgroup
        dd defs del desc details dfn div dl dt ellipse em feblend fecolormatrix fecomposite fedropshadow feflood
        fegaussianblur femerge femergenode feoffset figcaption figure filter font footer g h1 h2 h3 h4 h5 h6 header
        hgroup hr i image img input ins kbd li line lineargradient main mark marker mask nav ol p path pattern polygon
        polyline pre q radialgradient rect rp rt ruby s samp section small span stop strike strong sub summary sup svg
        switch symbol table tbody td text textpath tfoot th thead time title tr tspan tt u ul use var wbr
        """,
    )
)


def dangers(markup: str) -> list[str]:
    """What a page may not have, found by another tokenizer than the one that let it through."""
    found = [f"<{tag}>" for tag, _ in Page(markup).tags if tag not in ALLOWED]
    for tag, attributes in Page(markup).tags:
        for name, value in attributes.items():
            if name.startswith("on") or name in ("srcset", "srcdoc", "action", "background", "ping"):
                found.append(f"{tag} {name}")
            if name in ("href", "src", "xlink:href") and not ADDRESSES.match(value):
                found.append(f"{tag} {name}={value}")
            if re.search(r"url\((?!#)|expression|@import|image-set|\\", value) and name in ("style", "fill", "filter"):
                found.append(f"{tag} {name}={value}")
    return found


@pytest.mark.parametrize("markup", ACTIVE)
def test_what_is_active_is_refused(markup: str) -> None:
    for look in (parse, vet):
        with pytest.raises(Refused):
            look(markup)


@pytest.mark.parametrize("markup", HARMLESS)
def test_what_is_left_is_harmless(markup: str) -> None:
    page = to_html(parse(markup))
    assert dangers(page) == []
    vet(page)
    assert to_html(parse(page)) == to_html(parse(to_html(parse(page)))), "it is what it is, however often it is read"


@given(st.lists(st.sampled_from([*ACTIVE, *HARMLESS, "<", ">", '"', "'", "<svg>", "</svg>", "<table>", "</p>",
"<!--", "-->"]),
                min_size=2, max_size=4))  # fmt: skip
def test_no_mixture_of_them_survives(pieces: list[str]) -> None:
    try:
        page = to_html(parse("".join(pieces)))
    except Refused:
        return
    assert dangers(page) == []
    vet(page)


@pytest.mark.parametrize(
    ("markup", "says"),
    [
        (
            "<script>x</script>",
            r"the element <script>: '<script>'\. It would run in the reader's browser; show a static",
        ),
        ("<p onclick='x'>", r"the event handler onclick: '<p onclick=\"x\">'\. .* leave it out"),
        ("<a href='java\nscript:x'>", r"the attribute href with an address that is no link.* A link leads to http:"),
        ("<iframe>", r"<iframe>.* It would run"),
        ("<form>", r"<form>.* asks its reader for nothing"),
        ("<link>", r"<link>.* put the thing itself there"),
        ("<名><foo>", r"<foo>.* if it is meant as text, write &lt;foo&gt;"),
        ("<p>a<b", r"markup that ends within a tag: '<b'\. .*write &lt;"),
        ("<div>" * 200, "more than 100 elements within each other.* Show it flatter"),
        ("<style>@import 'x'</style>", "a style sheet that fetches something.* leave it out"),
        ("<svg aria-label=x><foreignObject>", "<foreignobject> in a drawing.* show the drawing as PNG"),
    ],
)
def test_a_refusal_names_what_and_says_what_to_do(markup: str, says: str) -> None:
    with pytest.raises(Refused, match=f"A published report may not have .*{says}"):
        parse(markup)


def test_a_sentence_about_code_is_text() -> None:
    text = "javascript:alert(1) onclick= &lt;script&gt; @import url(x)"
    assert to_html(parse(text)) == text


@pytest.mark.parametrize("markup", [
    "<!-- x -->", "<title>x</title>", "<p contenteditable>", "<style>p{}</style>", "<template>x</template>",
    "<label>x</label>",
    "<svg><title><img src=x onerror=alert(1)></title></svg>",
    '<svg><![CDATA[><b a="]]><img src=x onerror=alert(1)>"></svg>',
])  # fmt: skip
def test_a_page_that_is_published_as_it_is_holds_nothing_that_parsers_read_differently(markup: str) -> None:
    with pytest.raises(Refused):
        vet(markup)


def test_hostile_markup_costs_no_more_than_its_length() -> None:
    for piece in (
        "<a",
        "<svg><title>",
        "&",
        "<p style='",
        "<b>" * 9 + "</b>" * 9,
        "url(",
        "<table><tr><td colspan=1000 rowspan=65534>",
    ):
        try:
            parse(piece * (20_000 // len(piece)))
        except Refused:
            continue
