"""The folder of a linking: what was found, what was decided, and whom each person is one with.

`links.parquet` has the pairs with their probability, the level and weight of each comparison, and
`decision` and `reason`; `merges.jsonl` is the log; `review.csv` is the list for a person, and
`persons.parquet` what it shows: these two hold names.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from features.errors import KizukiError
from features.linking.decisions import Thresholds, judge, resolve
from features.linking.log import Line, add_lines, changes, read_log, said_by_persons
from features.linking.review import LIST, write_list

ABOUT, LINKS, PERSONS = "about.json", "links.parquet", "persons.parquet"
HOLD_NAMES = (LIST, PERSONS)


@dataclass(frozen=True)
class Links:
    """A folder of links: where the case files of the agencies lie, the pairs, and the persons."""

    folder: Path
    agencies: Mapping[str, Path]
    thresholds: Thresholds
    pairs: pd.DataFrame
    persons: pd.DataFrame

    @classmethod
    def read(cls, folder: Path) -> "Links":
        """The links kept in a folder; raises KizukiError where there are none."""
        if not (folder / ABOUT).is_file():
            raise KizukiError(f"{folder} holds no links: kizuki link find makes them")
        try:
            about = json.loads((folder / ABOUT).read_text("utf-8"))
            agencies = {name: Path(path) for name, path in about["agencies"].items()}
            thresholds = Thresholds(**about["thresholds"])
            pairs, persons = (pd.read_parquet(folder / name) for name in (LINKS, PERSONS))
        except (LookupError, OSError, TypeError, ValueError) as problem:
            kind = type(problem).__name__
            raise KizukiError(f"{folder} is broken ({kind}): run kizuki link find") from problem
        return cls(folder, agencies, thresholds, pairs, persons)

    def settle(self, at: str) -> "Links":
        """Decide every pair by the log as it stands, add what that changes, write it all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = read_log(self.folder)
        alone = self.pairs.assign(**judge(self.pairs, self.thresholds))
        pairs = self.pairs.assign(**resolve(alone, said_by_persons(lines)))
        add_lines(self.folder, changes(lines, pairs, at))
        settled = Links(self.folder, self.agencies, self.thresholds, pairs, self.persons)
        settled._write()
        return settled

    def say(self, lines: list[Line], at: str) -> "Links":
        """Add what a person said to the log, and settle."""
        add_lines(self.folder, lines)
        return self.settle(at)

    def _write(self) -> None:
        about = {
            "agencies": {name: str(path) for name, path in self.agencies.items()},
            "thresholds": asdict(self.thresholds),
            "hold_names": list(HOLD_NAMES),
        }
        text = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
        _put(self.folder / LINKS, lambda path: self.pairs.to_parquet(path, index=False))
        _put(self.folder / PERSONS, lambda path: self.persons.to_parquet(path, index=False))
        _put(self.folder / LIST, lambda path: write_list(self.pairs, self.persons, path))
        _put(self.folder / ABOUT, lambda path: path.write_text(text, "utf-8"))


def with_identifiers(pairs: pd.DataFrame) -> pd.DataFrame:
    """The pairs with `pair`, which is the same whenever the same two persons are found."""
    ends = pairs[["agency_a", "person_a", "agency_b", "person_b"]].to_numpy().tolist()
    named = [hashlib.sha256(json.dumps(end).encode()).hexdigest()[:16] for end in ends]
    return pairs.assign(pair=named)


def _put(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file under another name first, so that a half-written one is never found."""
    part = path.with_name(path.name + ".part")
    write(part)
    part.replace(path)
