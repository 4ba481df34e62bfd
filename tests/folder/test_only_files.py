"""Only regular files of a sensible size, only from the county's folder, and nothing in it that nobody reads."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest

from helpers.errors import FolderError, InputError
from helpers.folder import counties, notebook_of, read_report, years

COUNTY, YEAR = "371524-donge", 2020
FILES = ("county.yml", "2020/params.yml", "2020/report.yml", "2020/narrative.md", "2020/indicators.csv",
         "2020/requests.csv")  # fmt: skip


def fifo(path: Path) -> None:
    os.mkfifo(path)


def end_of_a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as end, chdir(path.parent):
        end.bind(path.name)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


KINDS: dict[str, Callable[[Path], None]] = {
    "a FIFO": fifo,
    "a socket": end_of_a_socket,
    "a directory": Path.mkdir,
    "more": sparse,
    "a link that leads nowhere": lambda path: path.symlink_to("nowhere"),
    "a link that leads out of it": lambda path: path.symlink_to("/etc/passwd"),
    "symbolic links": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("found", KINDS)
@pytest.mark.parametrize("file", FILES)
def test_what_is_no_file_of_the_county_is_refused_by_name(params_to_spoil: Path, file: str, found: str) -> None:
    path = params_to_spoil / COUNTY / file
    path.unlink()
    KINDS[found](path)
    with pytest.raises(FolderError) as caught:
        read_report(COUNTY, YEAR, params_to_spoil)
    assert Path(caught.value.where.file) == path
    assert found in caught.value.found


def test_a_device_is_not_opened(params_to_spoil: Path) -> None:
    path = params_to_spoil / COUNTY / "2020" / "narrative.md"
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(FolderError, match="a link that leads out of it"):
        read_report(COUNTY, YEAR, params_to_spoil)


def test_a_link_within_the_county_is_followed(params_to_spoil: Path) -> None:
    path = params_to_spoil / COUNTY / "2020" / "narrative.md"
    path.rename(params_to_spoil / COUNTY / "words.md")
    path.symlink_to("../words.md")
    assert read_report(COUNTY, YEAR, params_to_spoil).draft is not None


def test_a_year_that_is_a_link_out_of_the_county_is_refused(params_to_spoil: Path, tmp_path: Path) -> None:
    year = params_to_spoil / COUNTY / "2020"
    year.rename(tmp_path / "elsewhere")
    year.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FolderError, match="a link that leads out of it"):
        read_report(COUNTY, YEAR, params_to_spoil)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("2020/requests (1).csv", "requests.csv"),
        ("2020/Requests.csv", "requests.csv"),
        ("2020/report.yaml", "report.yml"),
        ("2020/narrative.MD", "narrative.md"),
        ("2020/narative.md", "narrative.md"),
        ("2020/说明.md", None),
        ("County.yml", "county.yml"),
        ("county.yaml", "county.yml"),
    ],
)
def test_a_misspelt_file_is_reported_and_not_left_out(params_to_spoil: Path, name: str, meant: str | None) -> None:
    path = params_to_spoil / COUNTY / name
    path.write_text("", encoding="utf-8")
    with pytest.raises(FolderError) as caught:
        read_report(COUNTY, YEAR, params_to_spoil)
    assert Path(caught.value.where.file) == path
    assert "another name" in caught.value.found
    assert caught.value.remedy == (f"Did you mean `{meant}`?" if meant else "Rename it, or move it elsewhere.")


@pytest.mark.parametrize("name", ["2020 (1)", "２０２０", "2020年", "20200"])
def test_a_folder_that_may_be_a_year_is_reported(params_to_spoil: Path, name: str) -> None:
    (params_to_spoil / COUNTY / name).mkdir()
    assert list(years(params_to_spoil, COUNTY)) == [2020]
    with pytest.raises(FolderError, match="another name"):
        read_report(COUNTY, YEAR, params_to_spoil)


@pytest.mark.parametrize(
    "name", ["2020/.DS_Store", "2020/~$requests.csv", "2020/requests.csv~", "2020/原件.pdf", "units.csv"]
)
def test_what_nobody_takes_for_data_is_left_alone(params_to_spoil: Path, name: str) -> None:
    (params_to_spoil / COUNTY / name).write_text("", encoding="utf-8")
    read_report(COUNTY, YEAR, params_to_spoil)


def test_a_county_without_its_file_is_there_and_says_so(params_to_spoil: Path) -> None:
    """It used to be left out of every list, and its report with it."""
    county = params_to_spoil / COUNTY
    (county / "county.yml").rename(county / "County.yml")
    assert COUNTY in list(counties(params_to_spoil))
    with pytest.raises(FolderError, match=r"Did you mean `county\.yml`"):
        read_report(COUNTY, YEAR, params_to_spoil)


def test_a_county_that_leads_nowhere_stops_no_other(params_to_spoil: Path) -> None:
    (params_to_spoil / "110000-nowhere").symlink_to("nowhere")
    assert list(counties(params_to_spoil)) == ["110000-nowhere", "320800-huaian", "321300-suqian", COUNTY]
    with pytest.raises(InputError):
        list(years(params_to_spoil, "110000-nowhere"))
    assert list(years(params_to_spoil, COUNTY)) == [2020]


def test_a_year_without_its_report_file_is_an_error_in_one_line(params_to_spoil: Path) -> None:
    folder = params_to_spoil / COUNTY / "2020"
    (folder / "report.yml").unlink()
    with pytest.raises(FolderError, match=r"report\.yml: expected this file, found nothing"):
        notebook_of(folder)


@pytest.mark.parametrize("county", ["../371524-donge", "/etc", ".", "..", "", "a\0b", "长" * 300])
def test_a_name_that_is_no_folder_under_params_is_refused(params_to_spoil: Path, county: str) -> None:
    with pytest.raises(InputError) as caught:
        read_report(county, YEAR, params_to_spoil)
    assert "\n" not in str(caught.value)
