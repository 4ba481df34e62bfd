"""What would run, fetch or send something is refused by name; what only speaks of it is text."""

from __future__ import annotations

import pytest

from helpers.hypertext import Refused, parse, to_html, vet


@pytest.mark.parametrize(
    ("markup", "named"),
    [
        ("<script>x</script>", "<script>"),
        ("<p onclick='x'>", "onclick"),
        ("<a href='java\nscript:x'>", "href"),
        ("<a href='//x.cn'>", "href"),
        ("<img srcset='x.png 2x'>", "img"),
        ("<foo>", "&lt;foo&gt;"),
        ("<p>a<b", "ends within a tag"),
        ("<div>" * 200, "within each other"),
    ],
)
def test_a_refusal_names_what_and_says_what_to_do(markup: str, named: str) -> None:
    for look in (parse, vet):
        with pytest.raises(Refused, match=named):
            look(markup)


def test_a_sentence_about_code_is_text() -> None:
    text = "javascript:alert(1) onclick= &lt;script&gt; @import url(x)"
    assert to_html(parse(text)) == text
