"""Whatever happens to a folder's bytes, reading it gives a report or says what is wrong: never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import InputError
from helpers.folder import read_report
from helpers.integrity import check

FILES = ("371524-donge/2020/proactive_disclosure.csv", "371524-donge/2020/requests.csv",
         "371524-donge/2020/review.csv", "371524-donge/2020/params.yml", "371524-donge/2020/report.yml",
         "371524-donge/county.yml")  # fmt: skip

SPLINTERS = st.sampled_from(
    [b"", b",", b'"', b"\n", b"\r", b"\t", b"\x00", b"\x1b", b"\xff", b"\xef\xbb\xbf", b"\xc2\x85", b"#", b": ", b"- ",
     b"&a ", b"*a", b"[", b"{", b"|", b"!!int ", b"!!set ", b"? ", b"---\n", b"%YAML 1.1\n", b"2021-02-30", b"a-b: 1\n",
     b"1e9", b"-1", b"1.5", b"9" * 5000, b'"\\ud800"', "（".encode(), "①".encode(), "，".encode(), "年".encode("gbk")]
) | st.binary(max_size=4)  # fmt: skip


@st.composite
def damages(draw: st.DrawFn) -> list[tuple[float, int, bytes]]:
    """Where (as a share of the file), how many bytes go, and what comes in their place."""
    place = st.floats(0, 1)
    return draw(st.lists(st.tuples(place, st.integers(0, 12), SPLINTERS), min_size=1, max_size=3))


@pytest.mark.parametrize("file", FILES)
@settings(max_examples=60)
@given(damage=damages())
def test_a_damaged_file_is_read_or_refused(
    params_to_spoil: Path, file: str, damage: list[tuple[float, int, bytes]]
) -> None:
    path = params_to_spoil / file
    sound = path.read_bytes()
    data = sound
    for share, length, splinter in damage:
        start = int(share * len(data))
        data = data[:start] + splinter + data[start + length :]
    path.write_bytes(data)
    problem = report = None
    try:
        report = read_report("371524-donge", 2020, params_to_spoil)
    except InputError as raised:
        problem = raised
    finally:
        path.write_bytes(sound)
    if report is not None:
        # What was read can be checked, shown and written: nothing unprintable or unencodable got through.
        check(report).as_text().encode()
        report.as_json().encode()
    if problem is not None:
        assert problem.remedy
        assert "\n" not in str(problem)
