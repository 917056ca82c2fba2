"""A stream of events becomes a case file, or goes on with one: in any order, told once or again."""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from features.case_file import ABOUT, CaseFile, events_of
from features.coverage import KIND, Covered
from features.errors import KizukiError
from features.events import as_json
from features.reading import calendar_day, day_number
from features.sources.event_facts import OTHER, Facts, Folded
from features.sources.event_lines import (
    COVERAGE,
    RECORD,
    WITHDRAWAL,
    Declaration,
    Line,
    Record,
    Unread,
    Withdrawal,
    read_line,
)
from features.sources.flat_files import opened, unreadable
from features.sources.report import Report
from features.tables import TABLES

BESIDE = "events_beside.jsonl"
AGAIN = "says again what is on record"
NOT_RECORDED = "is declared as a kind that is not recorded"


@dataclass(frozen=True)
class LastDay:
    """The last day on which anything can have become known, and what to say of a later one."""

    day: date
    why: str


class Stream:
    """A case file in the making, line by line.

    `before` is the case file to go on with, of which only the ids that lines speak of are looked
    into: a few lines on top of a large case file cost little.
    """

    def __init__(self, before: CaseFile | None, last_day: LastDay, report: Report) -> None:
        self.last_day = last_day
        self.report = report
        self.facts: dict[str, Facts] = defaultdict(Facts)
        self.frames = {} if before is None else dict(before.tables)
        self.coverage = {} if before is None else dict(before.coverage)
        self.last = None if before is None else day_number(before.as_of)

    def look_into(self, lines: Iterable[Line]) -> None:
        """Turn the rows of all ids that the lines speak of into facts."""
        spoken_of: dict[str, set[str]] = defaultdict(set)
        for line in lines:
            if isinstance(line, Record | Withdrawal):
                spoken_of[line.table.name].add(
                    line.event.id if isinstance(line, Record) else line.id
                )
        for name, ids in spoken_of.items():
            if name in self.frames:
                known = self.frames[name]["id"].isin(ids)
                self.facts[name].go_on_with(events_of(TABLES[name], self.frames[name][known]))
                self.frames[name] = self.frames[name][~known]

    def take(self, line: Line) -> None:
        """Take one line, or refuse it; the report is told."""
        if isinstance(line, Unread):
            self.report.refused(line.type, line.table, line.reason, line.place)
            return
        reason = self._late(line) or self.put(line)
        type_ = TYPES[type(line)]
        if reason in ("", AGAIN):
            self.report.kept(type_, line.table.name, line.place, reason)
        else:
            self.report.refused(type_, line.table.name, reason, line.place)

    def put(self, line: Record | Withdrawal | Declaration) -> str:
        """Put a line among the facts; why it cannot be, AGAIN, or "" for a new one."""
        name, facts = line.table.name, self.facts[line.table.name]
        if isinstance(line, Declaration):
            return self._declare(name, line.covered)
        if isinstance(line, Withdrawal):
            known, there = line.known, facts.withdraw(line.id, line.known)
        else:
            covered, kind = self.coverage.get(name), line.event.filled.get(KIND)
            if covered and covered.kinds is not None and kind not in {*covered.kinds, None}:
                return f"{KIND}: {NOT_RECORDED}"
            known, there = line.event.known, facts.record(line.event)
            if there == OTHER:
                return "known: another record of this id became known on that day"
        self.last = known if self.last is None else max(self.last, known)
        return AGAIN if there else ""

    def done(self, as_of: date | None) -> tuple[CaseFile, list[str]]:
        """All that was taken, and as lines what no row shows.

        The case file is as of the day, or of the last on which anything became known.
        """
        folded = {name: facts.folded() for name, facts in sorted(self.facts.items())}
        told = {name: folded[name].rows for name, facts in self.facts.items() if facts.told}
        days = [calendar_day(day) for day in (self.last,) if day is not None]
        drawn = max([*days, *(day for day in (as_of,) if day is not None)])
        made = CaseFile.of_events(drawn, told).tables
        tables = {
            name: _together(self.frames.get(name), made.get(name))
            for name in TABLES
            if name in self.frames or name in made
        }
        lines = [line for name, facts in folded.items() for line in _beside(name, facts)]
        return CaseFile(drawn, tables, self.coverage), lines

    def _late(self, line: Record | Withdrawal | Declaration) -> str:
        if isinstance(line, Declaration):
            return ""
        known = line.event.known if isinstance(line, Record) else line.known
        return f"known: {self.last_day.why}" if known > day_number(self.last_day.day) else ""

    def _declare(self, name: str, covered: Covered) -> str:
        if name in self.coverage:
            return AGAIN if self.coverage[name] == covered else "differs from what was declared"
        if covered.kinds is not None and not self._kinds(name) <= covered.kinds:
            return "kinds: a row of another kind is on record"
        self.coverage[name] = covered
        if name not in self.frames:
            self.frames.update(CaseFile.of_events(self.last_day.day, {name: []}).tables)
        return ""

    def _kinds(self, name: str) -> set[object]:
        frame = self.frames.get(name)
        there = set() if frame is None else set(frame[KIND].dropna())
        return there | self.facts[name].kinds()


def _together(before: pd.DataFrame | None, made: pd.DataFrame | None) -> pd.DataFrame:
    """The rows of a table that nothing was said of, and those that were made anew, in order."""
    if made is None:
        assert before is not None
        return before
    frames = [frame for frame in (before, made) if frame is not None and len(frame)]
    whole = pd.concat(frames) if frames else made
    order = ["id", "known", "withdrawn"]
    return whole.sort_values(order, kind="stable", ignore_index=True)


def _beside(name: str, facts: Folded) -> Iterator[str]:
    for row in as_json({name: facts.records})[name]:
        yield json.dumps({"type": RECORD, "table": name, **row}, ensure_ascii=False)
    for id_, day in facts.withdrawals:
        said = {"type": WITHDRAWAL, "table": name, "id": id_}
        said["known"] = calendar_day(day).isoformat()
        yield json.dumps(said, ensure_ascii=False)


TYPES: dict[type, str] = {Record: RECORD, Withdrawal: WITHDRAWAL, Declaration: COVERAGE}


def import_events(
    path: Path, folder: Path, encoding: str, today: date, as_of: date | None = None
) -> tuple[CaseFile, list[str], Report]:
    """The case file of a stream, what to keep beside it, and what became of each line.

    `folder` may hold a case file, with which the stream goes on. `as_of` is the day up to which the
    lines tell all; left out, it is the last on which anything became known. Raises KizukiError
    where the file cannot be read, or no line can be taken and there is nothing to go on with.
    """
    if as_of is not None and as_of > today:
        raise KizukiError("the day of the extract lies in the future")
    report, last = Report(path.name), LastDay(today, "lies in the future")
    if as_of is not None:
        last = LastDay(as_of, "lies after the day of the extract")
    lines = list(tqdm(_lines_of(path, encoding), desc="events", unit="lines", disable=None))
    lines.sort(key=lambda line: not isinstance(line, Declaration))  # rows are held against these
    before = CaseFile.read(folder) if (folder / ABOUT).is_file() else None
    beside = _told_beside(folder / BESIDE) if before else []
    stream = Stream(before, last, report)
    stream.look_into([*beside, *lines])
    for one in beside:
        stream.put(one)
    for line in lines:
        stream.take(line)
    if stream.last is None and (as_of is None or not report.total("kept")):
        raise KizukiError(f"{path.name}: {_nothing(len(lines), report)}")
    return *stream.done(as_of), report


def _lines_of(path: Path, encoding: str) -> Iterator[Line]:
    """Every line of a file, plain or gzipped, but for blank ones.

    Raises KizukiError where the file is not what its name says.
    """
    try:
        with opened(path, encoding) as file:
            for number, text in enumerate(file, start=1):
                if text.strip():
                    yield read_line(text, f"line {number}")
    except (OSError, UnicodeError, EOFError, zlib.error) as problem:
        raise unreadable(path, encoding, problem) from None


def _told_beside(path: Path) -> list[Record | Withdrawal]:
    told: list[Record | Withdrawal] = []
    for line in _lines_of(path, "utf-8") if path.is_file() else ():
        if not isinstance(line, Record | Withdrawal):
            raise KizukiError(f"{path}: {line.place}: is broken: import everything anew")
        told.append(line)
    return told


def _nothing(lines: int, report: Report) -> str:
    refused = next((line for line in report.lines() if line.refused), None)
    if refused is None:
        return "holds no record"
    return f"none of its {lines} lines can be taken; {refused.first}: {refused.reason}"
