"""What goes wrong, and what truly changes, before a person stands in an agency's file."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from features.linking.spelling import VARIANTS
from features.town.addresses import draw_addresses
from features.town.names import common_names
from tests.linking.hepburn import hepburn

Tables = dict[str, pd.DataFrame]
Row = dict[str, Any]

# Of the households that an agency knows: those who have moved or taken another family name.
MOVED, RENAMED = 0.2, 0.06
# Of its persons: how a record departs from the register.
RATES = {
    "swapped_names": 0.003,  # family and given name, each in the other's place
    "variant": 0.5,  # every kanji that has variants written as one of them, by chance
    "kanji_slip": 0.01,
    "reading_slip": 0.02,
    "address_slip": 0.03,
    "in_kana": 0.02,  # instead of kanji
    "in_latin": 0.02,  # as a foreign office or a passport has it
    "no_reading": 0.08,
    "no_postal_code": 0.06,
    "no_address": 0.04,
}
PARTS = ("family", "given")
ONE_DIGIT, SWAPPED, ANOTHER_DAY = 0.015, 0.004, 0.002  # of all days of birth
WRONG_SEX, NO_SEX, NO_BIRTH = 0.003, 0.02, 0.04  # the last of adults alone
GROUPS = {form: group for group in VARIANTS.split() for form in group}
KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん"
SMALL_TO_LARGE = str.maketrans("ゃゅょっ", "やゆよつ")
HALF_WIDTH = str.maketrans(
    KANA + "をゃゅょっー", "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝｦﾔﾕﾖﾂｰ"
) | {0x3099: "ﾞ", 0x309A: "ﾟ"}


def told_by(
    place: int, tables: Tables, household: Mapping[str, str], chance: np.random.Generator
) -> Tables:
    """An agency's tables as its clerks wrote them; the third knows half-width kana alone."""
    rows = tables["people"].astype(object).to_dict("records")
    home_of = [household.get(row["person"], row["person"]) for row in rows]
    homes = sorted(set(home_of))
    renamed, moved = _renamed(homes, chance), _moved(homes, chance)
    for row, home in zip(rows, home_of, strict=True):
        if row["person"][0] != "A":
            row.update(renamed.get(home, {}))
        row.update(moved.get(home, {}))
        _with_slips(row, chance)
        if place == 1:
            row["address_rest"] = _briefly(row["address_rest"])
        if place == 2:
            row["family_reading"] = _in_half_width(row["family_reading"])
            row["given_reading"] = _in_half_width(row["given_reading"])
    people = pd.DataFrame(rows, columns=tables["people"].columns).astype(tables["people"].dtypes)
    return tables | {"people": people} | _births(tables, chance)


def _renamed(homes: list[str], chance: np.random.Generator) -> dict[str, Row]:
    """Households whose children bear another family name, as after a marriage or a divorce."""
    chosen = [home for home in homes if chance.random() < RENAMED]
    names, readings = common_names(japanese=True).draw_family(len(chosen), chance)
    return {
        home: {"family_name": name, "family_reading": reading}
        for home, name, reading in zip(chosen, names, readings, strict=True)
    }


def _moved(homes: list[str], chance: np.random.Generator) -> dict[str, Row]:
    chosen = [home for home in homes if chance.random() < MOVED]
    drawn = pd.DataFrame(draw_addresses(len(chosen), chance, japanese=True)).to_dict("records")
    return dict(zip(chosen, drawn, strict=True))


def _with_slips(row: Row, chance: np.random.Generator) -> None:
    for name, rate in RATES.items():
        if chance.random() < rate:
            SLIPS[name](row, chance)


def _swap_names(row: Row, chance: np.random.Generator) -> None:
    given, family = ("given_name", "given_reading"), ("family_name", "family_reading")
    row.update({a: row[b] for a, b in zip(given + family, family + given, strict=True)})


def _write_variants(row: Row, chance: np.random.Generator) -> None:
    for part in PARTS:
        row[f"{part}_name"] = _variant(row[f"{part}_name"], chance)


def _slip_in_kanji(row: Row, chance: np.random.Generator) -> None:
    part = PARTS[chance.integers(2)]
    row[f"{part}_name"] = _slip(row[f"{part}_name"], "".join(GROUPS), chance)


def _slip_in_reading(row: Row, chance: np.random.Generator) -> None:
    part = PARTS[chance.integers(2)]
    row[f"{part}_reading"] = _slip(row[f"{part}_reading"], KANA, chance)


def _slip_in_address(row: Row, chance: np.random.Generator) -> None:
    row["address_rest"] = _slip(row["address_rest"], "123456789", chance)


def _write_in_kana(row: Row, chance: np.random.Generator) -> None:
    row.update({f"{part}_name": row[f"{part}_reading"] for part in PARTS})


def _write_in_latin(row: Row, chance: np.random.Generator) -> None:
    row.update({f"{part}_name": hepburn(row[f"{part}_reading"]) for part in PARTS})
    _leave_out_readings(row, chance)


def _leave_out_readings(row: Row, chance: np.random.Generator) -> None:
    row.update({f"{part}_reading": None for part in PARTS})


def _leave_out_postal_code(row: Row, chance: np.random.Generator) -> None:
    row["postal_code"] = None


def _leave_out_address(row: Row, chance: np.random.Generator) -> None:
    row.update(postal_code=None, municipality=None, address_rest=None)


SLIPS: dict[str, Callable[[Row, np.random.Generator], None]] = {
    "swapped_names": _swap_names,
    "variant": _write_variants,
    "kanji_slip": _slip_in_kanji,
    "reading_slip": _slip_in_reading,
    "address_slip": _slip_in_address,
    "in_kana": _write_in_kana,
    "in_latin": _write_in_latin,
    "no_reading": _leave_out_readings,
    "no_postal_code": _leave_out_postal_code,
    "no_address": _leave_out_address,
}


def _variant(name: str, chance: np.random.Generator) -> str:
    return "".join(GROUPS[c][chance.integers(len(GROUPS[c]))] if c in GROUPS else c for c in name)


def _slip(text: str, letters: str, chance: np.random.Generator) -> str:
    """One character replaced, left out, or changed with the next."""
    at, kind = int(chance.integers(len(text))), int(chance.integers(3))
    if kind == 0 or len(text) < 3:
        return text[:at] + letters[chance.integers(len(letters))] + text[at + 1 :]
    return text[:at] + (text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :] if kind == 1
                        else text[at + 1 :])  # fmt: skip


def _briefly(rest: str | None) -> str | None:
    """本町2丁目14番5号 as 本町２－１４－５, the way many people write it."""
    if rest is None:
        return None
    for part in ("丁目", "番"):
        rest = rest.replace(part, "－")
    wide = {ord(str(n)): chr(ord("０") + n) for n in range(10)}
    return rest.replace("号", "").translate(wide)


def _in_half_width(reading: str | None) -> str | None:
    if reading is None:
        return None
    return unicodedata.normalize("NFD", reading).translate(HALF_WIDTH)


def _births(tables: Tables, chance: np.random.Generator) -> Tables:
    """The days of birth and the sexes that the agency has: one slip is made wherever it is told."""
    children, members = tables["children"], tables["members"]
    persons = sorted({*children["child"], *members["person"]})
    shift = {person: slip for person in persons if (slip := _date_slip(chance)) is not None}
    unknown = {p for p in persons if p[0] == "A" and chance.random() < NO_BIRTH}
    born = members["born"].mask(members["person"].isin(unknown))
    members = members.assign(born=_slipped(born, members["person"], shift))
    happened = _slipped(children["happened"], children["child"], shift)
    drawn = pd.Series(chance.random(len(persons)), persons)[children["child"]].to_numpy()
    other = children["sex"].map({"female": "male", "male": "female"})
    sex = children["sex"].mask(drawn < NO_SEX).mask(drawn > 1 - WRONG_SEX, other)
    return {"members": members, "children": children.assign(happened=happened, sex=sex)}


def _slipped(
    days: pd.Series, persons: pd.Series, shift: Mapping[str, Callable[[pd.Timestamp], pd.Timestamp]]
) -> pd.Series:
    wrong = persons.isin(set(shift)) & days.notna()
    put = [shift[p](day) for p, day in zip(persons[wrong], days[wrong], strict=True)]
    slipped = days.copy()
    slipped[wrong] = put
    return slipped.astype(days.dtype)


def _date_slip(chance: np.random.Generator) -> Callable[[pd.Timestamp], pd.Timestamp] | None:
    drawn = chance.random()
    if drawn < ONE_DIGIT:
        ways = (
            {"days": 1},
            {"days": -1},
            {"years": 1},
            {"years": -1},
            {"months": -1},
            {"days": 10},
        )
        change = ways[chance.integers(len(ways))]
        return lambda day: day - pd.DateOffset(**change)
    if drawn < ONE_DIGIT + SWAPPED:
        return lambda day: day.replace(month=day.day, day=day.month) if day.day <= 12 else day
    if drawn < ONE_DIGIT + SWAPPED + ANOTHER_DAY:
        days = int(chance.integers(20, 900))
        return lambda day: day - pd.Timedelta(days=days)
    return None
