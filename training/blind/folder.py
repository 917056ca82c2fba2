"""The folder of a blind comparison: what is handed out, the key to keep, and what was judged."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from features.errors import KizukiError
from training.blind.draw import Drawn
from training.written import written

HAND_OUT, KEY, JUDGED, FORM = "hand-out", "key.json", "judged.jsonl", "form.csv"
HEADING = ("case", "judgement", "reasons")


@dataclass(frozen=True)
class Case:
    """A numbered case as the key keeps it: whose history, as known when, and the score."""

    number: int
    child: str
    cutoff: str
    score: int
    band: str


@dataclass(frozen=True)
class Key:
    """What must not be seen before everybody has judged."""

    model: str
    version: int
    digest: str
    seed: int
    cases: Mapping[int, Case]


@dataclass(frozen=True)
class Judgement:
    """What a specialist made of a case: a band, the score where one was given, and why."""

    case: int
    band: str
    score: int | None
    reasons: str


@dataclass(frozen=True)
class Entered:
    """The judgements of one specialist."""

    by: str
    at: str
    judgements: Sequence[Judgement]


def page_name(number: int) -> str:
    """The file of a case's page."""
    return f"case-{number:03}.html"


def key_of(origin: Mapping[str, object], drawn: Sequence[Drawn]) -> dict[str, object]:
    """The key as it is kept; `origin` names model, version, digest and seed."""
    cases = [
        asdict(Case(number, case.child, case.cutoff.isoformat(), case.score, case.band))
        for number, case in enumerate(drawn, start=1)
    ]
    return {**origin, "cases": cases}


def write_drawn(folder: Path, key: Mapping[str, object], pages: Mapping[str, str]) -> None:
    """Write pages and form to hand out, and the key beside them.

    Raises KizukiError where a comparison is in the folder already.
    """
    if (folder / KEY).exists():
        raise KizukiError(f"{folder}: holds a blind comparison already; name another folder")
    with written(folder / HAND_OUT):
        for name, page in pages.items():
            (folder / HAND_OUT / name).write_text(page, "utf-8")
        # With a byte order mark, so that spreadsheets read it as UTF-8.
        with (folder / HAND_OUT / FORM).open("w", encoding="utf-8-sig", newline="") as form:
            rows = csv.writer(form)
            rows.writerow(HEADING)
            cases = key["cases"]
            assert isinstance(cases, list)
            rows.writerows([case["number"], "", ""] for case in cases)
        (folder / KEY).touch(mode=0o600)  # it holds what must not be seen: its owner's alone
        (folder / KEY).write_text(json.dumps(key, indent=1, ensure_ascii=False) + "\n", "utf-8")


def read_key(folder: Path) -> Key:
    """The key of a comparison; raises KizukiError where there is none."""
    path = folder / KEY
    try:
        said = json.loads(path.read_text("utf-8"))
        cases = [Case(**case) for case in said.pop("cases")]
        return Key(**said, cases={case.number: case for case in cases})
    except OSError:
        raise KizukiError(
            f"{folder}: holds no blind comparison; draw one with kizuki blind-test draw"
        ) from None
    except (ValueError, TypeError, KeyError):
        raise KizukiError(f"{path}: is not the key of a blind comparison") from None


def enter(folder: Path, by: str, at: datetime, judgements: Sequence[Judgement]) -> None:
    """Append what a specialist judged; nothing that was entered before is lost."""
    said = {"by": by, "at": at.isoformat(), "judgements": [asdict(j) for j in judgements]}
    with written(folder), (folder / JUDGED).open("a", encoding="utf-8") as kept:
        kept.write(json.dumps(said, ensure_ascii=False) + "\n")


def read_entered(folder: Path) -> list[Entered]:
    """What each specialist judged, the last that was entered of each."""
    path = folder / JUDGED
    if not path.exists():
        raise KizukiError(f"{folder}: nobody has judged yet; kizuki blind-test enter takes a form")
    latest: dict[str, Entered] = {}
    try:
        for line in path.read_text("utf-8").splitlines():
            said = json.loads(line)
            judged = [Judgement(**each) for each in said["judgements"]]
            latest[said["by"]] = Entered(said["by"], said["at"], judged)
    except (ValueError, TypeError, KeyError):
        raise KizukiError(f"{path}: is not what kizuki blind-test enter has written") from None
    return list(latest.values())
