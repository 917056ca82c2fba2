"""What is compared of two persons: each comparison has levels, from the best agreement down."""

from collections.abc import Iterator
from dataclasses import dataclass

from features.language.text import Text


@dataclass(frozen=True)
class Level:
    """One way in which two records agree, or do not: the first that holds is taken.

    `holds` is SQL on columns of the two records that both engines understand; the last level of a
    comparison is "ELSE". `same` and `other` are where training starts: the share of pairs of the
    same person, and of two persons, that come to this level. They are judgements, good enough for
    case files too small to learn from. `common` names the column whose common values weigh less.
    """

    name: str
    words: Text
    holds: str
    same: float
    other: float
    common: str | None = None
    rare: bool = False  # too rare among two persons to be counted in a sample: `other` is kept


@dataclass(frozen=True)
class Comparison:
    """One thing that is compared; where `unknown` holds, it says nothing for or against."""

    name: str
    words: Text
    unknown: str
    levels: tuple[Level, ...]


def _both(column: str, test: str = "{0}_l = {0}_r") -> str:
    return test.format(column)


def _name(part: str, words: Text, same: tuple[float, ...], other: tuple[float, ...]) -> Comparison:
    key = f"{part}_key"
    near = f"jaro_winkler({key}_l, {key}_r) >= 0.9 OR levenshtein({key}_l, {key}_r) <= 1"
    return Comparison(
        part,
        words,
        unknown=f"({part}_l IS NULL OR {part}_r IS NULL OR {part}_script_l <> {part}_script_r)"
        f" AND ({key}_l IS NULL OR {key}_r IS NULL)",
        levels=(
            Level("same", Text("同じ", "the same"), _both(part), same[0], other[0], common=part),
            Level("same_reading", Text("読みが同じ", "read alike, in other letters"),
                  f"{_both(key)} AND {part}_script_l <> {part}_script_r", same[1], other[1]),
            Level("same_sound", Text("読みが同じで字が違う", "read alike, spelt otherwise"),
                  _both(key), same[2], other[2]),
            Level("near", Text("読みが近い", "nearly alike"), near, same[3], other[3]),
            Level("different", Text("違う", "different"), "ELSE", same[4], other[4]),
        ),
    )  # fmt: skip


_YEAR, _MONTH, _DAY = (
    f"substr(born_l, {start}, {length}) = substr(born_r, {start}, {length})"
    for start, length in ((1, 4), (6, 2), (9, 2))
)
_TWO_OF_THREE = f"{_YEAR} AND {_MONTH} OR {_YEAR} AND {_DAY} OR {_MONTH} AND {_DAY}"
_IN_COMMON = "size(array_intersect(housemates_l, housemates_r)) >= {}"
_HOME = "address_rest_l = address_rest_r AND "
_SAME_HOME = f"{_HOME}postal_code_l = postal_code_r OR {_HOME}municipality_l = municipality_r"

COMPARISONS = (
    _name("family", Text("姓", "family name"),
          (0.88, 0.03, 0.02, 0.02, 0.05), (0.006, 0.0002, 0.0003, 0.004, 0.9895)),
    _name("given", Text("名", "given name"),
          (0.92, 0.03, 0.02, 0.02, 0.01), (0.003, 0.0001, 0.002, 0.01, 0.9849)),
    Comparison(
        "born", Text("生年月日", "date of birth"), "born_l IS NULL OR born_r IS NULL",
        (
            Level("same", Text("同じ", "the same"), _both("born"), 0.96, 0.0001),
            Level("swapped", Text("月と日が逆", "day and month the other way round"),
                  "born_l = born_swapped_r", 0.005, 0.00005),
            Level("near", Text("一字違い", "one digit off"),
                  "damerau_levenshtein(born_l, born_r) <= 1", 0.02, 0.0015),
            Level("part", Text("年・月・日の一つが違う", "the year, the month or the day another"),
                  _TWO_OF_THREE, 0.01, 0.008),
            Level("different", Text("違う", "different"), "ELSE", 0.005, 0.99035),
        ),
    ),
    Comparison(
        "address", Text("住所", "address"),
        "(postal_code_l IS NULL OR postal_code_r IS NULL)"
        " AND (municipality_l IS NULL OR municipality_r IS NULL)",
        (
            Level("same", Text("同じ", "the same"), _SAME_HOME, 0.65, 0.0001),
            Level("district", Text("郵便番号が同じ", "the same postal code"),
                  _both("postal_code"), 0.1, 0.005),
            Level("municipality", Text("市区町村が同じ", "the same municipality"),
                  _both("municipality"), 0.1, 0.14),
            Level("different", Text("違う", "different"), "ELSE", 0.15, 0.8549),
        ),
    ),
    Comparison(
        "sex", Text("性別", "sex"), "sex_l IS NULL OR sex_r IS NULL",
        (
            Level("same", Text("同じ", "the same"), _both("sex"), 0.995, 0.5),
            Level("different", Text("違う", "different"), "ELSE", 0.005, 0.5),
        ),
    ),
    Comparison(
        "housemates", Text("同居した人", "housemates"),
        "housemates_l IS NULL OR housemates_r IS NULL",
        (
            Level("several", Text("二人以上が同じ", "two or more in common"),
                  _IN_COMMON.format(2), 0.55, 1e-5, rare=True),
            Level("one", Text("一人が同じ", "one in common"),
                  _IN_COMMON.format(1), 0.35, 1e-4, rare=True),
            Level("none", Text("同じ人がいない", "nobody in common"), "ELSE", 0.1, 0.99989),
        ),
    ),
)  # fmt: skip

# Two records are looked at together where they agree on all columns of one of these keys (of
# `housemates`, where they have one in common). Each key
# leaves out what another holds fast to, so that no single slip, move or new name loses a pair; and
# each has the day of birth or the given name, so that brothers and sisters are not compared.
KEYS = (
    ("given_key", "born"),
    ("family_key", "born"),
    ("given", "born"),
    ("family", "born"),
    ("born", "postal_code"),
    ("family_key", "given_key", "substr(born, 1, 4)"),
    ("family_key", "given_key", "substr(born, 6, 5)"),
    ("family_key", "given_key", "postal_code"),
    ("family", "given", "substr(born, 1, 4)"),
    ("family", "given", "postal_code"),
    ("given_key", "address_rest", "municipality"),
    ("given_key", "housemates"),
    ("given", "housemates"),
    ("born", "housemates"),
)


def levels() -> Iterator[tuple[Comparison, Level]]:
    """Every level of every comparison."""
    return ((comparison, level) for comparison in COMPARISONS for level in comparison.levels)
