"""A format is one entry of a table, and everything that lists formats lists it."""

from __future__ import annotations

from pathlib import Path

import pypandoc
import pytest
from click.testing import CliRunner
from formats import to_html, to_odt
from published import defective

import helpers
from helpers.audit.files import SUFFIXES
from helpers.cli import cli
from helpers.errors import DocumentError
from helpers.readers import read_document
from helpers.readers.pages.formats import FORMATS
from helpers.readers.pages.sniff import sniff

ROOT = Path(str(helpers.__file__)).parents[2]


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_named_wherever_formats_are_listed(tmp_path: Path, name: str) -> None:
    named = {"HTML": "网页"}
    assert name.upper() in (ROOT / "README.md").read_text(encoding="utf-8")
    assert named.get(name.upper(), name.upper()) in (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    for command in ("import", "audit"):
        assert name.upper() in CliRunner().invoke(cli, [command, "--help"]).output
    assert set(FORMATS[name].suffixes) <= SUFFIXES
    (tmp_path / "empty").touch()
    with pytest.raises(DocumentError, match=name.upper()):
        read_document(tmp_path / "empty")


def test_an_opendocument_text_is_told_by_its_content_and_read_with_its_spans(tmp_path: Path) -> None:
    """As an office suite writes it, with covered cells, and as pandoc does, without."""
    _, page = defective("2021", 3, ["odd_figures"])
    to_odt(page, tmp_path / "suite.docx")
    pypandoc.convert_text(to_html(page), "odt", format="html", outputfile=str(tmp_path / "pandoc.odt"))
    (tmp_path / "pandoc.odt").rename(tmp_path / "pandoc.html")
    for path in (tmp_path / "suite.docx", tmp_path / "pandoc.html"):
        assert sniff(path, path.read_bytes()) == "odt"
        read = read_document(path)
        assert (dict(read.cells), dict(read.notes), read.uncertain) == (page.expected, page.notes, ())
