"""Names for the people of the town, Japanese ones with their readings."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from features.errors import KizukiError
from features.town.arrays import Chance, Column

FAMILY_FILE = "last_name_org.csv"
GIRLS_FILE, BOYS_FILE = "first_name_woman_opti.csv", "first_name_man_opti.csv"

# Family names from the most common on, given names of women and girls, of men and boys.
JAPANESE_FAMILY = """
佐藤 さとう 鈴木 すずき 高橋 たかはし 田中 たなか 伊藤 いとう 渡辺 わたなべ 山本 やまもと
中村 なかむら 小林 こばやし 加藤 かとう 吉田 よしだ 山田 やまだ 佐々木 ささき 山口 やまぐち
松本 まつもと 井上 いのうえ 木村 きむら 林 はやし 斎藤 さいとう 清水 しみず 山崎 やまざき
森 もり 池田 いけだ 橋本 はしもと 阿部 あべ 石川 いしかわ 山下 やました 中島 なかじま
石井 いしい 小川 おがわ 前田 まえだ 岡田 おかだ 長谷川 はせがわ 藤田 ふじた 後藤 ごとう
近藤 こんどう 村上 むらかみ 遠藤 えんどう 青木 あおき 坂本 さかもと 福田 ふくだ 太田 おおた
西村 にしむら 藤井 ふじい 金子 かねこ 岡本 おかもと 三浦 みうら 中野 なかの
"""
JAPANESE_GIRLS = """
陽菜 ひな 結衣 ゆい 葵 あおい 凛 りん 咲良 さくら 美咲 みさき 莉子 りこ 結菜 ゆな 心春 こはる
花音 かのん 彩花 あやか 七海 ななみ 優奈 ゆうな 美羽 みう 真央 まお 愛 あい 千尋 ちひろ
琴音 ことね 紗季 さき 杏 あん 萌 もえ 楓 かえで 美月 みづき 芽衣 めい 栞 しおり 由美 ゆみ
直子 なおこ 恵子 けいこ 久美子 くみこ 明美 あけみ 裕子 ゆうこ 智子 ともこ 真由美 まゆみ
香織 かおり 麻衣 まい 恵 めぐみ 幸子 さちこ 和子 かずこ 洋子 ようこ 京子 きょうこ 絵里 えり
沙織 さおり 綾 あや 瞳 ひとみ
"""
JAPANESE_BOYS = """
蓮 れん 陽翔 はると 湊 みなと 悠真 ゆうま 大翔 ひろと 樹 いつき 颯太 そうた 陸 りく 海斗 かいと
蒼 あおい 翔太 しょうた 健太 けんた 拓海 たくみ 直樹 なおき 大輝 だいき 涼太 りょうた
悠人 ゆうと 駿 しゅん 航 わたる 隼人 はやと 和也 かずや 達也 たつや 大介 だいすけ 誠 まこと
健一 けんいち 浩二 こうじ 剛 つよし 隆 たかし 修 おさむ 清 きよし 亮 りょう 圭 けい 翼 つばさ
智也 ともや 雄太 ゆうた 恵介 けいすけ 正樹 まさき 純 じゅん 学 まなぶ 進 すすむ 勇気 ゆうき
光 ひかる 聡 さとし 晃 あきら
"""
ENGLISH_FAMILY = """
Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez
Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez
Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores
Green Adams Nelson
"""
ENGLISH_GIRLS = """
Olivia Emma Charlotte Amelia Sophia Isabella Ava Mia Evelyn Luna Harper Camila Elizabeth Emily
Ella Grace Chloe Victoria Riley Aria Lily Zoey Nora Hannah Mary Patricia Jennifer Linda Barbara
Susan Jessica Sarah Karen Lisa Nancy Betty Ashley Kimberly Donna Michelle Carol Amanda
"""
ENGLISH_BOYS = """
Liam Noah Oliver James Elijah William Henry Lucas Benjamin Theodore Mateo Levi Sebastian Daniel
Jack Michael Alexander Owen Asher Samuel Ethan Leo Jackson Mason Robert John David Richard
Joseph Thomas Charles Christopher Matthew Anthony Mark Donald Steven Paul Andrew Joshua Kenneth
Kevin
"""

Name = tuple[str, str | None]  # as it is spelt, and its reading


@dataclass(frozen=True)
class Names:
    """Names to draw from: each with its reading (None in English), family names by how common."""

    family: list[Name]
    family_shares: Column
    girls: list[Name]
    boys: list[Name]

    def draw_family(self, count: int, chance: Chance) -> tuple[Column, Column]:
        """Family names and their readings."""
        return _split(self.family, chance.choice(len(self.family), count, p=self.family_shares))

    def draw_given(self, women: Column, chance: Chance) -> tuple[Column, Column]:
        """Given names and their readings for women and girls, and for men and boys."""
        girl = _split(self.girls, chance.integers(0, len(self.girls), len(women)))
        boy = _split(self.boys, chance.integers(0, len(self.boys), len(women)))
        return np.where(women, girl[0], boy[0]), np.where(women, girl[1], boy[1])


def common_names(*, japanese: bool) -> Names:
    """The common names that the town brings along."""
    if japanese:
        parts = (JAPANESE_FAMILY, JAPANESE_GIRLS, JAPANESE_BOYS)
        family, girls, boys = (_with_readings(part.split()) for part in parts)
    else:
        parts = (ENGLISH_FAMILY, ENGLISH_GIRLS, ENGLISH_BOYS)
        family, girls, boys = (_without_readings(part.split()) for part in parts)
    return Names(family, _shares(1 / np.arange(5.0, 5 + len(family))), girls, boys)


def names_from(folder: Path) -> Names:
    """Japanese names from the lists in a folder; raises KizukiError where one is missing."""
    for name in (FAMILY_FILE, GIRLS_FILE, BOYS_FILE):
        if not (folder / name).is_file():
            raise KizukiError(f"{folder} holds no {name}: name the folder of the lists of names")
    family = _lines(folder / FAMILY_FILE)
    counts = np.array([float(count) for _, count, *_ in family])
    return Names(
        [(name, reading) for name, _, reading, *_ in family],
        _shares(counts),
        _given(folder / GIRLS_FILE),
        _given(folder / BOYS_FILE),
    )


def _lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [line for line in csv.reader(lines) if len(line) > 2]


def _given(path: Path) -> list[Name]:
    """The first spelling of each reading: reading, romaji, spellings in kanji."""
    return [(spellings[0], reading) for reading, _, *spellings in _lines(path)]


def _with_readings(parts: list[str]) -> list[Name]:
    return list(zip(parts[::2], parts[1::2], strict=True))


def _without_readings(parts: list[str]) -> list[Name]:
    return [(name, None) for name in parts]


def _shares(weights: Column) -> Column:
    shares: Column = weights / weights.sum()
    return shares


def _split(names: list[Name], index: Column) -> tuple[Column, Column]:
    spelt = np.array([name for name, _ in names], dtype=object)
    read = np.array([reading for _, reading in names], dtype=object)
    return spelt[index], read[index]
