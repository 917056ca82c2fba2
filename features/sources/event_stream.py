"""A stream of events becomes a case file, or goes on with one: in any order, told once or again."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tqdm import tqdm

from features.case_file import ABOUT, CaseFile, as_json, events_of
from features.coverage import KIND, Covered
from features.errors import KizukiError
from features.reading import calendar_day, day_number
from features.sources.event_facts import OTHER, Facts
from features.sources.event_lines import (
    COVERAGE,
    RECORD,
    WITHDRAWAL,
    Declaration,
    Line,
    Record,
    Unread,
    Withdrawal,
    read_lines,
)
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
    """A case file in the making, line by line; `folder` holds the one to go on with, if any."""

    def __init__(self, folder: Path, last_day: LastDay, report: Report) -> None:
        self.last_day = last_day
        self.report = report
        self.facts: dict[str, Facts] = defaultdict(Facts)
        self.coverage: dict[str, Covered] = {}
        self.declared: set[str] = set()
        self.last: int | None = None
        if (folder / ABOUT).is_file():
            self._go_on_with(CaseFile.read(folder))
            self._told_beside(folder / BESIDE)

    def take(self, line: Line) -> None:
        """Take one line, or refuse it; the report is told."""
        if isinstance(line, Unread):
            self.report.refused(line.type, line.table, line.reason, line.place)
            return
        reason = self._late(line) or self._put(line)
        type_ = TYPES[type(line)]
        if reason in ("", AGAIN):
            self.report.kept(type_, line.table.name, line.place, reason)
        else:
            self.report.refused(type_, line.table.name, reason, line.place)

    def case_file(self, as_of: date | None) -> CaseFile:
        """All that was taken, as of the day, or of the last on which anything became known."""
        tables = {name for name, facts in self.facts.items() if facts.told} | self.declared
        events = {name: self.facts[name].versions() for name in TABLES if name in tables}
        days = [] if self.last is None else [calendar_day(self.last)]
        drawn = max([*days, *([] if as_of is None else [as_of])])
        return CaseFile.of_events(drawn, events, self.coverage)

    def beside(self) -> Iterator[str]:
        """What no row shows, as lines; they are read again before any others."""
        for name in sorted(self.facts):
            records, withdrawals = self.facts[name].beside()
            for row in as_json({name: records})[name]:
                yield json.dumps({"type": RECORD, "table": name, **row}, ensure_ascii=False)
            for id_, day in withdrawals:
                said = {"type": WITHDRAWAL, "table": name, "id": id_}
                known = calendar_day(day).isoformat()
                yield json.dumps({**said, "known": known}, ensure_ascii=False)

    def _late(self, line: Record | Withdrawal | Declaration) -> str:
        if isinstance(line, Declaration):
            return ""
        known = line.event.known if isinstance(line, Record) else line.known
        if known > day_number(self.last_day.day):
            return f"known: {self.last_day.why}"
        return ""

    def _put(self, line: Record | Withdrawal | Declaration) -> str:
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

    def _declare(self, name: str, covered: Covered) -> str:
        if name in self.coverage:
            return AGAIN if self.coverage[name] == covered else "differs from what was declared"
        if covered.kinds is not None and not self.facts[name].kinds() <= covered.kinds:
            return "kinds: a row of another kind is on record"
        self.coverage[name] = covered
        self.declared.add(name)
        return ""

    def _go_on_with(self, case_file: CaseFile) -> None:
        self.last = day_number(case_file.as_of)
        self.coverage = dict(case_file.coverage)
        self.declared = set(case_file.tables)
        for name, frame in case_file.tables.items():
            self.facts[name] = Facts.of_versions(events_of(TABLES[name], frame))

    def _told_beside(self, path: Path) -> None:
        for line in read_lines(path, "utf-8") if path.is_file() else ():
            if isinstance(line, Unread | Declaration):
                raise KizukiError(f"{path}: {line.place}: is broken: import everything anew")
            self._put(line)


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
    stream = Stream(folder, last, report)
    lines = list(tqdm(read_lines(path, encoding), desc="events", unit="lines", disable=None))
    lines.sort(key=lambda line: not isinstance(line, Declaration))  # rows are held against these
    for line in lines:
        stream.take(line)
    if stream.last is None and (as_of is None or not report.total("kept")):
        raise KizukiError(f"{path.name}: {_nothing(len(lines), report)}")
    return stream.case_file(as_of), list(stream.beside()), report


def _nothing(lines: int, report: Report) -> str:
    refused = next((line for line in report.lines() if line.refused), None)
    if refused is None:
        return "holds no record"
    return f"none of its {lines} lines can be taken; {refused.first}: {refused.reason}"
