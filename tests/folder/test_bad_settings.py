"""Bad YAML files, names of folders and parameters."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.errors import FolderError, ParameterError
from helpers.folder import params_root, read_report, year_folder
from helpers.folder.new import new_year

COUNTY, YEAR = "371524-donge", 2020


@pytest.fixture
def county(params_to_spoil: Path) -> Path:
    return params_to_spoil / COUNTY


def refused(county: Path) -> FolderError:
    with pytest.raises(FolderError) as caught:
        read_report(COUNTY, YEAR, county.parent)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "cell", "expected", "found", "remedy"),
    [
        (
            "county.yml",
            "level:",
            "levle:",
            3,
            "levle",
            "one of the keys name, body, level",
            "`levle`",
            "Did you mean `level`?",
        ),
        (
            "county.yml",
            "superior:",
            "super-ior:",
            4,
            "super-ior",
            "one of the keys",
            "`super-ior`",
            "Did you mean `superior`?",
        ),
        ("county.yml", "superior:", "主管:", 4, "主管", "one of the keys", "`主管`", "Remove it"),
        ("county.yml", "level: county\n", "", None, "level", "the key `level`", "no such key", "Add it."),
        (
            "county.yml",
            "level: county",
            "level: shire",
            3,
            "level",
            "'province', 'prefecture', 'county'",
            "'shire'",
            "Correct",
        ),
        ("county.yml", "name: 东阿县", "name:", 1, "name", "a valid string", "None", "Fill it in."),
        ("county.yml", "name: 东阿县", "name: ''", 1, "name", "at least 1 character", "''", "Correct the value."),
        ("county.yml", "name: 东阿县", "name: 2020", 1, "name", "a valid string", "2020", "Quote the value."),
        ("county.yml", "name: 东阿县", "name: [东阿县]", 1, "name", "a valid string", "东阿县", "Quote the value."),
        (
            "county.yml",
            "http://www.sdde.gov.cn/zwgk/",
            "javascript:alert(1)",
            5,
            "site",
            "http",
            "javascript",
            "Correct",
        ),
        ("county.yml", "body:", "name:", 2, None, "valid YAML", "duplicate key", "Mend this line."),
        (
            "county.yml",
            "name: 东阿县",
            'name: "东阿\\ud800县"',
            1,
            None,
            "valid YAML",
            "control character",
            "Mend this line.",
        ),
        ("county.yml", "name: 东阿县", "- 东阿县", None, None, "valid YAML", "", "Mend this line."),
        ("2020/params.yml", "year: 2020", "year: '2020'", 2, "year", "a valid integer", "'2020'", "Correct the value."),
        ("2020/params.yml", "year: 2020", "yaer: 2020", 2, "yaer", "one of the keys county, year", "`yaer`", "`year`?"),
        (
            "2020/params.yml",
            "year: 2020",
            "year: 2021",
            None,
            None,
            "as the folders are called",
            "year: 2021",
            "move the folder",
        ),
        (
            "2020/params.yml",
            "371524-donge",
            "371524-donga",
            None,
            None,
            "county: 371524-donge",
            "371524-donga",
            "move the folder",
        ),
        ("2020/params.yml", "371524-donge", "东阿", 1, "county", "pattern", "东阿", "Correct the value."),
        ("2020/report.yml", "title:", "titel:", 2, "source.titel", "one of the keys title, url", "`titel`", "`title`?"),
        (
            "2020/report.yml",
            "source:",
            "published: 2021-02-30\nsource:",
            1,
            None,
            "valid YAML",
            "day is out of range",
            "Mend this line.",
        ),
        (
            "2020/report.yml",
            "source:",
            "published: 明年\nsource:",
            1,
            "published",
            "a valid date",
            "'明年'",
            "Correct the value.",
        ),
        (
            "2020/report.yml",
            "source:",
            "acknowledged: [{rule: JUMP, address: a.b.c}]\nsource:",
            1,
            "acknowledged.0.reason",
            "the key `reason`",
            "no such key",
            "Add it.",
        ),
        (
            "2020/report.yml",
            "source:",
            "acknowledged: [{rule: JUMP, address: a.b.c, reason: ''}]\nsource:",
            1,
            "acknowledged.0.reason",
            "at least 1 character",
            "''",
            "Correct the value.",
        ),
        (
            "2020/report.yml",
            "source:",
            "acknowledged: [{rule: JUMP, adress: a.b.c, reason: 好}]\nsource:",
            1,
            "acknowledged.0.adress",
            "one of the keys rule, address, reason",
            "`adress`",
            "Did you mean `address`?",
        ),
        ("2020/report.yml", "source:", "a: [\nsource:", None, None, "valid YAML", "", "Mend this line."),
    ],
)
def test_a_wrong_setting_is_refused_with_its_line_and_key(
    county: Path,
    file: str,
    old: str,
    new: str,
    line: int | None,
    cell: str | None,
    expected: str,
    found: str,
    remedy: str,
) -> None:
    path = county / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    error = refused(county)
    assert Path(error.where.file) == path
    assert error.where.cell == cell
    if line is not None:
        assert error.where.line == line
    assert expected in error.expected
    assert found in error.found
    assert remedy in error.remedy


@pytest.mark.parametrize(
    "content",
    [
        "[" * 700,
        "a: &a [*a]",
        "a: *b",
        "{}",
        "- one",
        "just text",
        "%YAML 9.9\n---\na: 1",
        "!!python/object:os.system x",
    ],
)
def test_yaml_that_is_no_settings_file_is_refused(county: Path, content: str) -> None:
    (county / "county.yml").write_text(content, encoding="utf-8")
    assert Path(refused(county).where.file).name == "county.yml"


def test_a_settings_file_saved_by_windows_is_read(county: Path) -> None:
    path = county / "county.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_report(COUNTY, YEAR, county.parent).body.name == "东阿县人民政府"


def test_a_settings_file_in_gbk_is_refused(county: Path) -> None:
    path = county / "county.yml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    error = refused(county)
    assert error.where.line == 1
    assert "GBK" in error.found


def test_a_misspelt_county_is_refused_with_the_nearest(county: Path) -> None:
    with pytest.raises(ParameterError, match=r"county '371524-dong': .* Did you mean `371524-donge`\?"):
        read_report("371524-dong", YEAR, county.parent)


def test_a_year_that_is_not_there_is_refused_with_those_that_are(county: Path) -> None:
    with pytest.raises(ParameterError, match=r"a year of 371524-donge: 2020, found no such folder.*gongkai new"):
        read_report(COUNTY, 2021, county.parent)


def test_a_year_without_a_form_is_refused(county: Path) -> None:
    (county / "2020").rename(county / "2018")
    (county / "2018" / "params.yml").write_text(f"county: {COUNTY}\nyear: 2018\n", encoding="utf-8")
    with pytest.raises(ParameterError, match=r"year 2018: expected a year with a statutory form \(2019 or later\)"):
        read_report(COUNTY, 2018, county.parent)


@pytest.mark.parametrize(
    ("name", "year", "complaint"),
    [
        (371524, 2020, r"parameter `county`: expected text such as 371524-donge, found 371524\. Quote it"),
        (COUNTY, "2020", r"parameter `year`: expected a whole number such as 2020, found '2020'"),
        (COUNTY, True, r"parameter `year`: expected a whole number such as 2020, found True"),
        (COUNTY, 2020.0, r"parameter `year`: expected a whole number such as 2020, found 2020\.0"),
    ],
)
def test_a_notebook_parameter_of_the_wrong_type_is_refused(
    county: Path, name: object, year: object, complaint: str
) -> None:
    """Papermill's -p guesses types: 371524 and 2020 arrive as other things than were meant."""
    with pytest.raises(ParameterError, match=complaint):
        read_report(name, year, county.parent)  # type: ignore[arg-type]  # what papermill does


def test_a_params_folder_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ParameterError, match=r"nowhere: expected a params folder, found no such folder"):
        params_root(tmp_path / "nowhere")
    monkeypatch.setenv("GONGKAI_PARAMS", str(tmp_path / "neither"))
    with pytest.raises(ParameterError, match=r"neither: .* Correct --params or GONGKAI_PARAMS"):
        params_root()


def test_the_params_folder_is_the_argument_then_the_variable_then_the_nearest_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / "one" / "two"
    for folder in (deep, tmp_path / "params", tmp_path / "named", tmp_path / "given"):
        folder.mkdir(parents=True)
    monkeypatch.delenv("GONGKAI_PARAMS", raising=False)
    monkeypatch.chdir(deep)
    assert params_root() == tmp_path / "params"
    monkeypatch.setenv("GONGKAI_PARAMS", str(tmp_path / "named"))
    assert params_root() == tmp_path / "named"
    assert params_root(tmp_path / "given") == tmp_path / "given"


@pytest.mark.parametrize(
    "county", ["donge", "37152-donge", "371524_donge", "371524-Donge", "371524-", "../371524-donge"]
)
def test_a_new_folder_needs_a_code_and_a_slug(tmp_path: Path, county: str) -> None:
    with pytest.raises(ParameterError, match=r"expected CODE-SLUG: six digits, a hyphen, small letters"):
        new_year(tmp_path, county, 2024)
    assert list(tmp_path.iterdir()) == []


def test_a_new_folder_never_overwrites_one(county: Path) -> None:
    before = {path: path.read_bytes() for path in county.rglob("*.*")}
    with pytest.raises(ParameterError, match=r"expected a year that is not there yet"):
        new_year(county.parent, COUNTY, YEAR)
    assert {path: path.read_bytes() for path in county.rglob("*.*")} == before


def test_a_new_year_leaves_the_countys_own_file_alone(county: Path) -> None:
    before = (county / "county.yml").read_bytes()
    new_year(county.parent, COUNTY, 2021, "别县", "别县人民政府")
    assert (county / "county.yml").read_bytes() == before
    assert read_report(COUNTY, 2021, county.parent).previous is not None


@pytest.mark.parametrize("name", ["东阿: 县", "a # b", "[县]", "'县'", '"县"', "县\n市", "- 县", "!县", "2020", "null"])
def test_a_name_that_means_something_to_yaml_is_still_a_name(tmp_path: Path, name: str) -> None:
    new_year(tmp_path, "990100-mou", 2024, name, f"{name}人民政府")
    assert read_report("990100-mou", 2024, tmp_path).body.short == name


def test_a_new_folder_without_a_name_says_where_to_write_it(tmp_path: Path) -> None:
    new_year(tmp_path, "990100-mou", 2024)
    with pytest.raises(FolderError, match=r"county\.yml:2 \[name\]: .* Fill it in\."):
        read_report("990100-mou", 2024, tmp_path)


def test_the_nearest_county_is_only_offered_where_there_is_one(county: Path) -> None:
    with pytest.raises(ParameterError, match=r"`gongkai list` shows what there is"):
        year_folder(county.parent, "xyz", 2020)
