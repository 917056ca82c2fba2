"""Cells that hold JSON: one value of an object, or a row for each item of a list."""

import json
from collections.abc import Sequence

from features.reading import Refused
from features.sources.flat_files import FlatFile

YES = (True, 1, "1", "y", "yes", "true")


def value_under(cell: object, key: str) -> object:
    """What a JSON object says under a key, as text; None where it says nothing.

    Raises Refused where the cell is no JSON object, or says more than one value there.
    """
    if cell is None:
        return None
    said = _parsed(cell)
    if not isinstance(said, dict):
        raise Refused("is not a JSON object")
    value = said.get(key)
    if isinstance(value, dict | list):
        raise Refused(f"says more than one value under {key}")
    return None if value is None or not str(value).strip() else str(value).strip()


def exploded(file: FlatFile, column: str) -> tuple[FlatFile, list[str]]:
    """The file with a row for each item in a column of JSON lists, and the places of those without.

    Of a JSON object, the keys that it says yes to are the items.
    """
    indices: list[int] = []
    items: list[object] = []
    broken: dict[int, str] = {}
    empty: list[str] = []
    for index, cell in enumerate(file.columns[column]):
        found = _items(cell)
        if index in file.broken or isinstance(found, Refused):
            broken[len(indices)] = file.broken.get(index, f"{column}: {found}")
            found = [None]
        elif not found:
            empty.append(file.places[index])
        assert not isinstance(found, Refused)
        indices += [index] * len(found)
        items += found
    columns = {name: [values[i] for i in indices] for name, values in file.columns.items()}
    places = [file.places[i] for i in indices]
    return FlatFile({**columns, column: items}, places, broken), empty


def _items(cell: object) -> Sequence[object] | Refused:
    if cell is None:
        return []
    try:
        said = _parsed(cell)
    except Refused as refused:
        return refused
    if isinstance(said, dict):
        return [key for key, value in said.items() if _yes(value)]
    if isinstance(said, list) and all(isinstance(item, str) and item.strip() for item in said):
        return [item.strip() for item in said]
    return Refused("is not a JSON list of texts")


def _yes(value: object) -> bool:
    return (value.strip().lower() if isinstance(value, str) else value) in YES


def _parsed(cell: object) -> object:
    try:
        return json.loads(str(cell))
    except ValueError:
        raise Refused("is not JSON") from None
    except RecursionError:
        raise Refused("is JSON within JSON without end") from None
