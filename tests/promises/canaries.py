"""Canaries: texts that stand out, put where a case file can hold text."""

from collections.abc import Sequence
from typing import Any

from tests.serving.desks import example

CANARIES = ("CANARY-CHILD-7F3A", "CANARY-ADULT-91BC", "CANARY-ROW-55D0", "渡邊花子-CANARY")


def canaries_of(number: int) -> tuple[str, ...]:
    """Those of one case among many: child, adult, row, name and words; all have CANARY in them."""
    kinds = ("CHILD", "ADULT", "ROW", "渡邊花子", "WORDS")
    return tuple(f"CANARY-{number:03}-{kind}" for kind in kinds)


def with_canaries(canaries: Sequence[str] = CANARIES, **changed: Any) -> dict[str, Any]:
    """The example with a canary as child, adult, row id, report number, name and office."""
    child, adult, row, name = canaries[:4]
    request = example(child=child, **changed)
    for rows in request["caseFile"].values():
        for raw in rows:
            for field, value in raw.items():
                raw[field] = {"c-1041": child, "a-91": adult}.get(value, value)
            raw["id"] = f"{row}-{raw['id']}"
            if "notification" in raw:
                raw["notification"] = f"{row}-{raw['notification']}"
    request["caseFile"]["notifications"][0].update(report=row, office=name)
    request["caseFile"]["people"] = [
        {"id": row, "person": child, "family_name": name, "given_name": name,
         "happened": "2018-09-14", "known": "2022-05-10"}
    ]  # fmt: skip
    return request
