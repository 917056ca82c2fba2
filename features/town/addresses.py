"""Where the people of the town live: a postal code, a municipality and the rest, all invented."""

import numpy as np

from features.town.arrays import Chance, Column, Columns, words

JAPANESE_MUNICIPALITIES = ("北区", "東区", "南区", "西区", "中央区", "緑市", "浜町", "山里村")
ENGLISH_MUNICIPALITIES = (
    "Northfield", "Eastport", "Southgate", "Westbrook", "Midtown", "Greenville", "Shoreham", "Hill",
)  # fmt: skip
JAPANESE_STREETS = (
    "本町", "栄町", "大手町", "旭町", "桜台", "緑が丘", "若葉", "新田", "川端", "寺前", "松原",
    "宮下",
)  # fmt: skip
ENGLISH_STREETS = (
    "Oak", "Elm", "Main", "Church", "Park", "Mill", "Lake", "Hill", "Station", "School", "River",
    "Cedar",
)  # fmt: skip
SHARES = np.array((20, 16, 16, 12, 12, 10, 9, 5)) / 100  # of all homes, by municipality
DISTRICTS = 25  # postal codes in a municipality


def draw_addresses(count: int, chance: Chance, *, japanese: bool) -> Columns:
    """That many homes, as the fields of the table of people spell them."""
    place = chance.choice(len(SHARES), count, p=SHARES)
    district, street, block, number = (
        chance.integers(0, most, count) for most in (DISTRICTS, 12, 30, 40)
    )
    towns = JAPANESE_MUNICIPALITIES if japanese else ENGLISH_MUNICIPALITIES
    streets = JAPANESE_STREETS if japanese else ENGLISH_STREETS
    spell = _japanese if japanese else _english
    return {
        "postal_code": np.array(
            [_code(p, d, japanese=japanese) for p, d in zip(place, district, strict=True)], object
        ),
        "municipality": words(towns, place),
        "address_rest": spell(words(streets, street), block + 1, number + 1),
    }


def _code(place: int, district: int, *, japanese: bool) -> str:
    return f"{900 + place}-{district * 13:04d}" if japanese else f"{90000 + place * 100 + district}"


def _japanese(street: Column, block: Column, number: Column) -> Column:
    parts = zip(street, block, number, strict=True)
    return np.array([f"{s}{b % 5 + 1}丁目{b}番{n}号" for s, b, n in parts], object)


def _english(street: Column, block: Column, number: Column) -> Column:
    parts = zip(street, block, number, strict=True)
    return np.array([f"{b * 100 + n} {s} Street" for s, b, n in parts], object)
