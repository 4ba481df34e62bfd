"""Counties that do not exist: codes from the unused 99, names of three characters as hardly any real county has."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from helpers.demo.dice import Dice
from helpers.report import Body

MOST = 9999
"""Codes run from 990001 to 999999."""

_FIRST = (
    "青qing 白bai 云yun 石shi 柳liu 松song 竹zhu 梅mei 龙long 凤feng 金jin 银yin "
    "清qing 长chang 平ping 永yong 兴xing 和he 秋qiu 春chun 鹤he 鹿lu 双shuang 望wang"
)
_SECOND = (
    "溪xi 泉quan 湖hu 河he 苇wei 岩yan 林lin 塘tang 潭tan 岗gang 谷gu 坡po "
    "江jiang 原yuan 田tian 月yue 霞xia 雪xue 雁yan 枫feng"
)
_THIRD = (
    "桥qiao 渡du 湾wan 坪ping 岭ling 铺pu 寨zhai 口kou 集ji 墟xu 堡bao 屯tun "
    "洲zhou 浦pu 坝ba 营ying 畈fan 圩wei 店dian 场chang 港gang"
)
_PARTS = [[(part[0], part[1:]) for part in text.split()] for text in (_FIRST, _SECOND, _THIRD)]
_NAMES = prod(map(len, _PARTS))
_STRIDE = 6151
"""Shares no factor with the number of names, so that stepping by it visits each name once, neighbours unlike."""

COUNTY_FILE = """\
# 虚构的县，仅供演示和测试。
name: {name}
body: {body}
level: {level}
superior: {superior}
site: https://{host}/zwgk/
contact:
  office: {name}人民政府办公室（虚构）
  address: {name}人民路{number}号
  postcode: "000000"
  telephone: 000-00000000
  email: office@{host}
"""


@dataclass(frozen=True)
class County:
    """One fictitious county: its folder's name, the body that reports, and what county.yml says."""

    folder: str
    body: Body
    county_file: str


def place(number: int, nation: Dice) -> County:
    """The nation's `number`-th county, counted from 1."""
    index = (number * _STRIDE + nation.below(_NAMES, "names")) % _NAMES
    chosen = []
    for parts in _PARTS:
        index, which = divmod(index, len(parts))
        chosen.append(parts[which])
    name = "".join(character for character, _ in chosen) + "县"
    slug = "".join(sound for _, sound in chosen)
    folder = f"{990000 + number}-{slug}"
    body = Body(f"{name}人民政府（虚构）", name, folder.split("-")[0], "county", "虚构市人民政府")
    text = COUNTY_FILE.format(
        name=name, body=body.name, level=body.level, superior=body.superior, host=f"{slug}.example",
        number=1 + nation.of(folder).below(200, "address"),
    )  # fmt: skip
    return County(folder, body, text)
