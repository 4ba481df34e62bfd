"""County-years spoilt at random: real ones, with damaged files, and with what is no file where a file should be."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from random import Random

from fuzz.mutation import NASTY, spoilt

YAML = tuple(
    piece.encode()
    for piece in (
        "a: &a [*a]",
        "a: &a {b: *a}",
        "a: *b",
        "<<: *x",
        "<<: {name: a}",
        "!!binary aGk=",
        "!!set {a, b}",
        "!!omap [a: 1]",
        "!!python/object/apply:os.system [id]",
        "!!timestamp 2021-02-30",
        "!!int x",
        "!!float .nan",
        "! a",
        "!local a",
        "%YAML 9.9\n---",
        "%YAML 1.1\n---",
        "%TAG ! tag:e.cn:\n---",
        "---\na: 1\n---\nb: 2",
        "...",
        "? [a, b]\n: c",
        "? {a: b}\n: c",
        "1: a",
        "null: a",
        "true: a",
        "2021-01-01: a",
        ".inf",
        "-.inf",
        ".nan",
        "190:20:30",
        "0o17",
        "0b11",
        "2021-02-30",
        "2021-13-01",
        "9999999999",
        "2021-03-31T10:00:00Z",
        '"\\ud800"',
        '"\\x00"',
        '"\\N"',
        '"\\u202e"',
        '"\\UFFFFFFFF"',
        "'''",
        "|\n  a",
        ">-\n  a",
        "|9\n a",
        "- - - -",
        "[" * 400,
        "{" * 400,
        "a: " * 50,
        "&a " * 20,
        "name: 甲\nname: 乙",
        "published: 2021-03-31",
        "published: 9999999999",
        "published: 2021-03-31T10:00:00+08:00",
        "notebook: ../../x.ipynb",
        "notebook: /etc/passwd",
        "notebook: [a]",
        "acknowledged: [{rule: a, address: b, reason: c}]",
        "acknowledged: {a: b}",
        "year: 0",
        "year: 99999",
        "year: 2020.0",
        "county: 371524-donge",
        "site: http://[",
        "site: http://a b",
        "site: data:text/html,x",
        "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: &d [*c, *c, *c]\ne: [*d, *d, *d]",
    )
)  # fmt: skip

TEMPLATES = tuple(
    piece.encode()
    for piece in (
        "{% set a = [a, a] %}",
        "{% set a = [1] %}" + "{% set a = [a, a] %}" * 30 + "{% if a == a %}x{% endif %}",
        "{% set a = [1] %}{% set b = [1] %}" + "{% set a = [a, a] %}{% set b = [b, b] %}" * 30 + "{{ 1 if a == b }}",
        "{% set a = a + a %}",
        "{{ 'a' * 10000000000 }}",
        "{{ [1] * 10000000000 }}",
        "{{ range(10000000000) }}",
        "{% for a in range(10000) %}{% for b in range(10000) %}{% endfor %}{% endfor %}",
        "{{ 1e309 }}",
        "{{ -1e309 }}",
        "{{ 1e309 | count }}",
        "{{ 1e309 - 1e309 }}",
        "{{ 1e308 | rounded }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{{ year | share(0) }}",
        "{{ year | share(1e-320) }}",
        "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
        "{{ " + "not " * 2000 + "1 }}",
        "{{ " + "-" * 3000 + "1 }}",
        "{{ " + "1+" * 3000 + "1 }}",
        "{{ " + "[" * 500 + "]" * 500 + " }}",
        "{{ a" + ".b" * 3000 + " }}",
        "{{ requests" + ".b" * 500 + " }}",
        "{{ year" + " | count" * 2000 + " }}",
        "{% if 1 %}" * 50 + "{% endif %}" * 50,
        "{% if year %}a" + "{% elif year %}b" * 2000 + "{% endif %}",
        "{{ 1 if 1 else " * 300 + "1" + " }}" * 300,
        "{% for i in range(9999) %}{{ requests.zz is stated }}{% endfor %}",
        "{% for i in range(9999) %}{% set x = requests.zz %}{% endfor %}",
        "{% for i in range(9999) %}{% set x = requests.denied | rows | listing %}{% endfor %}",
        "{% for i in range(9000) %}" + "长" * 200 + "{% endfor %}",
        "{{ '" + "长" * 50000 + "' | listing }}",
        "{{ indicators | group('无') }}",
        "{{ loop.index }}",
        "{{ self }}",
        "{{ year.__class__ }}",
        "{% raw %}{{ x }}",
        "{% raw %}{{ x }}{% endraw %}",
        "{% include 'a' %}",
        "{% macro a() %}{% endmacro %}",
        "{% set a = 1,2 %}{{ a }}",
        "{{ {'a': 1} }}",
        "{{ body[::2] }}",
        "{{ body[0] }}",
        "{{ site }}",
        "{{ requests }}",
        "{{ last_year }}",
        "{{ year in [[1], [year]] }}",
        "{{ [year] in [[1], [year]] }}",
        "{{ contact.office in body }}",
        "# 一、总体情况",
        "## （一）主动公开",
        "# 二、主动公开政府信息情况",
        "# ",
        "#" + " " * 3000 + "x",
        "##" + " \t" * 500,
        "## 甲\n文\n" * 150,
        "===",
        "---",
        "甲\n===",
        "![a](http://e.cn/a.png)",
        "[a](javascript:alert(1))",
        "<script>",
        "网址写作javascript:的不是链接",
        "[a]: javascript:x",
        "[" * 3000,
        "*a **b " * 800,
        "> " * 500,
        "- " * 500,
        "|a|\n|-|\n" * 500,
        "```",
        "~~~\n" * 100,
        "`" * 3001,
        "\\" * 3000,
        "<a " * 2000,
        "&#" * 2000,
        "    a\n" * 500,
        "\x02" + "0\x03",
        "{#" * 3000,
        "{%" * 3000,
        "{{" * 3000,
        "{# a #}甲\n乙{# b #}",
    )
)  # fmt: skip

CSV = tuple(
    piece.encode()
    for piece in (
        "requests.received,一、本年新收政府信息公开申请数量,46,0,0,0,0,0,46",
        "requests.recieved,x,1",
        "a,b,c,1.2345678,d",
        "website,网站,1e309,条,渠道",
        "website,网站,NaN,条,渠道",
        "website,=1+1,5,@条,-渠道",
        "a" * 5000 + ",b,1,c,d",
        '"',
        '"a\nb"',
        '"a""b"',
        '# 注,"未完',
        "22（=1+1）",
        "22（a）b）",
        "（）",
        "22（",
        "-5（）",
        "×",
        "1,234",
        "12,34",
        '"1,234"',
        "6.03亿元",
        "60300元",
        "0.0000001元",
        "," * 5000,
        "\n" * 5000,
        "46\u3000",
        "46\u200b",
        "46\ufeff",
        "无",
    )
)  # fmt: skip

PIECES = {".yml": (*NASTY, *YAML), ".md": (*NASTY, *TEMPLATES), ".csv": (*NASTY, *CSV)}


def spoil(county: Path, year: int, random: Random) -> None:
    """Spoil the county-year in place: mostly one file's bytes, now and then what the name leads to."""
    files = [*sorted((county / str(year)).iterdir()), county / "county.yml"]
    prose = [path for path in files if path.suffix == ".md"] * 6  # the richest language, and read last
    contents = [path.read_bytes() for path in files]
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        path = random.choice(files + prose)
        if random.random() < 0.12:
            random.choice(_SWAPS)(path, random)
        elif path.is_file() and path.stat().st_size < 1 << 22:
            path.write_bytes(spoilt(path.read_bytes(), random, PIECES[path.suffix], contents))


def _gone(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _removed(path: Path, _: Random) -> None:
    _gone(path)


def _renamed(path: Path, random: Random) -> None:
    name = path.name
    names = (name.upper(), name.capitalize(), f"{path.stem} (1){path.suffix}", f"{name}.bak", f"{path.stem}.yaml",
             f"{path.stem}.MD", name[1:], f".{name}", f"{name}\n", "副本.csv", "x" * 200 + ".csv")  # fmt: skip
    if os.path.lexists(path):
        path.rename(path.with_name(random.choice(names)))


def _folder(path: Path, _: Random) -> None:
    _gone(path)
    path.mkdir()


def _fifo(path: Path, _: Random) -> None:
    _gone(path)
    os.mkfifo(path)


def _socket(path: Path, _: Random) -> None:
    _gone(path)
    with socket.socket(socket.AF_UNIX) as end, chdir(path.parent):  # the path may be too long for a socket's
        end.bind(path.name)


def _link(path: Path, random: Random) -> None:
    _gone(path)
    others = ("nowhere", path.name, "/dev/zero", "/dev/null", "/etc/passwd", "..", "../county.yml", "params.yml", "/")
    path.symlink_to(random.choice(others))


def _sparse(path: Path, _: Random) -> None:
    _gone(path)
    with path.open("wb") as file:
        file.truncate(1 << 40)


def _stray(path: Path, random: Random) -> None:
    names = (
        "2020 (1)",
        "2020年",
        "notes.md",
        "County.yml",
        "county.yaml",
        "requests (1).csv",
        "report.yaml",
        "备注.txt",
    )
    stray = path.with_name(random.choice(names))
    if random.random() < 0.3 and not stray.suffix:
        stray.mkdir(exist_ok=True)
    else:
        stray.write_bytes(b"a")


_SWAPS: tuple[Callable[[Path, Random], None], ...] = (
    _removed, _renamed, _renamed, _folder, _fifo, _socket, _link, _link, _sparse, _stray, _stray,
)  # fmt: skip
