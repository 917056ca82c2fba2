"""The English children in need census: one XML return of a local authority becomes a case file.

Layout: Department for Education, CIN census schemas 2020 to 2024; elements that later layouts add
are listed in the report as not used.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml.etree import _Element as Element

from features.case_file import CaseFile
from features.errors import KizukiError
from features.reading import calendar_day, day_number
from features.sources.cin_codes import DISABILITIES
from features.sources.cin_elements import NOT_HELD, child, day, left_aside, place, said, text
from features.sources.cin_reader import ChildReader
from features.sources.cin_rows import ASSUMED, RECORDED_BY, covered_from, rows_of
from features.sources.intake import Intake
from features.sources.report import Report
from features.sources.safe_xml import elements

FEWEST_DISABILITIES = 8  # official query 2887Q


@dataclass(frozen=True)
class Return:
    """Who made the return, the day that it tells of, and the first of the year up to it."""

    office: str | None
    as_of: date
    first: date


def read_census(path: Path) -> tuple[CaseFile, Report]:
    """The case file in a return, and what became of each of its rows.

    Raises KizukiError, with line and element, for a file that is not a whole and sound return.
    """
    report = Report(path.name)
    importer: _Importer | None = None
    for element in elements(path, "Message", "Children"):
        if element.tag == "Header":
            importer = _Importer(read_header(element, path.name, report), report)
        elif element.tag != "Child":
            report.noted(str(element.tag), "", NOT_HELD, place(element))
        elif importer is None:
            raise KizukiError(f"{path.name}: {place(element)}: there must be a Header before it")
        else:
            importer.take(element)
    if importer is None or not importer.seen:
        missing = "Header" if importer is None else "Child"
        raise KizukiError(f"{path.name}: the return holds no {missing}")
    return importer.case_file(), report


def read_header(header: Element, file: str, report: Report) -> Return:
    """Who made the return and the day it tells of; raises KizukiError for a header not to trust.

    The official rule 100 wants 31 March of the year of the census. A return drawn before that day
    does not cover its year, so that what is still to come would pass for what did not happen: it
    is refused. One drawn later covers it, and is noted.
    """
    details = child(header, "CollectionDetails")
    details = header if details is None else details
    if text(details, "Collection") != "CIN":
        raise KizukiError(f"{file}: {place(details, 'Collection')}: must be CIN")
    year, drawn = text(details, "Year") or "", day(details, "ReferenceDate")
    if not re.fullmatch("20[0-9]{2}", year):
        raise KizukiError(f"{file}: {place(details, 'Year')}: must be a year, written 2024")
    here = place(details, "ReferenceDate")
    if drawn is None:
        raise KizukiError(f"{file}: {here}: must be a day, written 2024-03-31 (official rule 100)")
    as_of, due = calendar_day(drawn), date(int(year), 3, 31)
    if as_of < due:
        raise KizukiError(
            f"{file}: {here}: the reference date must be 31 March of the census year (official "
            f"rule 100); a return drawn earlier does not cover its year, so ask for a later one"
        )
    if as_of > due:
        reason = "is later than 31 March of the census year (official rule 100): taken as it is"
        report.noted("ReferenceDate", "", reason, here)
    return Return(_office(header, report), as_of, date(int(year) - 1, 4, 1))


def _office(header: Element, report: Report) -> str | None:
    source = child(header, "Source")
    source = header if source is None else source
    lea = text(source, "LEA") or ""
    if re.fullmatch("[0-9]{3}", lea):
        return lea
    report.noted("LEA", "", "is not a code of three digits: left unknown", place(source, "LEA"))
    return None


class _Importer:
    """Takes each Child of a return, one after the other."""

    def __init__(self, about: Return, report: Report) -> None:
        self.about = about
        self.report = report
        self.intake = Intake(about.as_of, report, covered_from(day_number(about.first)))
        self.seen: dict[str | None, str] = {}
        self.disabilities: set[str | None] = set()

    def take(self, element: Element) -> None:
        """Offer every row of one Child, and note whatever makes none."""
        reader = ChildReader(
            element, self.about.office, day_number(self.about.as_of), self.report.noted
        )
        again = self.seen.get(reader.name) if reader.name else None
        for row in rows_of(reader):
            if again:
                reason = f"child: repeats the LAchildID of {again}"
                self.report.refused(row.part, row.table.name, reason, place(element))
            else:
                self.intake.offer(row)
        self.seen.setdefault(reader.name, place(element))
        for part, reason, where in left_aside(element):
            self.report.noted(part, "", reason, where)
        for tag, tables in RECORDED_BY.items():
            if next(element.iter(tag), None) is not None:
                for table in tables:
                    self.intake.declare(table)
        self.disabilities |= {said(one) for one in element.iter("Disability")} & DISABILITIES

    def case_file(self) -> CaseFile:
        """All that was kept, once the last Child was taken."""
        if len(self.disabilities) < FEWEST_DISABILITIES:
            reason = f"fewer than {FEWEST_DISABILITIES} codes in the return (official query 2887Q)"
            self.report.noted("Disability", "children", reason)
        for words in ASSUMED:
            self.report.noted("", "", f"assumed: {words}")
        return self.intake.case_file()
