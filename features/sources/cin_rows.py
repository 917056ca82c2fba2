"""What one Child of the census says, as rows of the case file."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml.etree import _Element as Element

from features.coverage import Coverage, Covered
from features.language.rows import Table
from features.reading import calendar_day
from features.sources import cin_codes as codes
from features.sources.cin_elements import child, day, place, said, text
from features.sources.cin_reader import ChildReader, ReferralReader
from features.sources.intake import Offered
from features.tables import (
    allegations,
    assessments,
    children,
    findings,
    notifications,
    observations,
    screenings,
    services,
)

# Tables that the office records if the return holds such an element anywhere at all.
RECORDED_BY: Mapping[str, tuple[Table, ...]] = {
    "ChildIdentifiers": (children,),
    "CINreferralDate": (notifications,),
    "PrimaryNeedCode": (allegations,),
    "ReferralNFA": (screenings,),
    "Assessments": (assessments,),
    "FactorsIdentifiedAtAssessment": (allegations, observations),
    "Section47": (assessments,),
    "CINPlanDates": (services,),
    "ChildProtectionPlans": (services, findings),
}

# The kinds that the census tells of, of tables that hold others as well.
KINDS: Mapping[Table, frozenset[str]] = {
    assessments: frozenset({"full", "protection"}),
    observations: frozenset(codes.OBSERVED.values()),
    services: frozenset({"need_plan", "protection_plan"}),
}

ASSUMED = (
    "the census holds whole the year up to its day: of earlier days only what lasted into it",
    "the census has no recording days: a row is taken as known on the day it happened",
    "a child is taken as known to the office from the first referral",
    "screening and primary need are taken as known on the day of the referral",
    "assessment factors are taken as found on the day the assessment was authorised",
    "an enquiry is taken to end with the initial conference, and anything open with the case",
    "a protection plan is taken as a substantiated finding of its initial category",
)

REFERRED = {"happened": "CINreferralDate"}


def covered_from(day: int) -> Coverage:
    """What the census records, from the first day of its year on."""
    tables = {table for told in RECORDED_BY.values() for table in told} - {children}
    return {table.name: Covered(first=day, kinds=KINDS.get(table)) for table in tables}


def rows_of(reader: ChildReader) -> Iterator[Offered]:
    """Every row of one Child, the child's own first."""
    yield _child(reader)
    for referral in reader.referrals():
        yield _notification(referral)
        yield from _primary_need(referral)
        yield from _screening(referral)
        for number, element in enumerate(referral.details.iterchildren("Assessments"), start=1):
            yield from _assessment(referral, element, f"-a{number}")
        yield from _enquiries(referral)
        yield from _need_plans(referral)
        yield from _protection_plans(referral)


def _child(reader: ChildReader) -> Offered:
    who, more = reader.identifiers, child(reader.element, "ChildCharacteristics")
    tag = "GenderCurrent" if child(who, "GenderCurrent") is not None else "Sex"
    given: dict[str, object] = {"office": reader.office, "sex": reader.code(who, tag, codes.SEX)}
    if more is not None:
        given["ethnicity"] = reader.code(more, "Ethnicity", codes.ETHNICITY)
        given["disability"] = _disability(reader, more)
    row = reader.row(children, who, reader.name or "", {"happened": "PersonBirthDate"}, **given)
    known = _first_known(reader)
    return row if known is None else replace(row, raw={**row.raw, "known": calendar_day(known)})


def _first_known(reader: ChildReader) -> int | None:
    """The first referral that can be; not before birth, when there was no day of birth to know."""
    born = day(reader.identifiers, "PersonBirthDate")
    days = [day(referral.details, "CINreferralDate") for referral in reader.referrals()]
    possible = [
        number
        for number in days
        if number is not None and not any(limit.broken_by(number) for limit in reader.limits)
    ]
    return None if born is None or not possible else max(born, min(possible))


def _disability(reader: ChildReader, more: Element) -> bool | None:
    """Whether any disability is named; unknown where none is and no list says "none" either."""
    found = None
    for element in more.iterfind("Disabilities/Disability"):
        if said(element) in codes.DISABILITIES:
            return True
        if said(element) == codes.NO_DISABILITY:
            found = False
        else:
            reader.note("Disability", "", "is not a code of the list: left unknown", place(element))
    return found


def _notification(referral: ReferralReader) -> Offered:
    details, anonymous = referral.details, None
    if text(details, "ReferralSource") == codes.ANONYMOUS:
        anonymous = True
    source = referral.child.code(details, "ReferralSource", codes.REFERRAL_SOURCE)
    office = referral.child.office
    return referral.row(
        notifications, details, "", REFERRED, source=source, anonymous=anonymous, office=office
    )


def _primary_need(referral: ReferralReader) -> Iterator[Offered]:
    details, tag = referral.details, "PrimaryNeedCode"
    need = text(details, tag)
    if need == codes.ABUSE_OR_NEGLECT:
        row = referral.row(allegations, details, "-n", REFERRED, notification=referral.name)
        yield replace(row, part=tag, place=place(details, tag))
    elif need is not None:
        known = need in codes.PRIMARY_NEEDS
        reason = "not abuse or neglect: no row" if known else "is not a code of the list: no row"
        referral.child.note(tag, "", reason, place(details, tag))


def _screening(referral: ReferralReader) -> Iterator[Offered]:
    details, tag = referral.details, "ReferralNFA"
    outcome = referral.child.code(details, tag, codes.SCREENING)
    if outcome is not None:
        given = {"notification": referral.name, "outcome": outcome}
        row = referral.row(screenings, details, "", REFERRED, **given)
        yield replace(row, part=tag, place=place(details, tag))


def _assessment(referral: ReferralReader, element: Element, suffix: str) -> Iterator[Offered]:
    tags = {"happened": "AssessmentActualStartDate", "until": "AssessmentAuthorisationDate"}
    given: dict[str, object] = {"notification": referral.name, "kind": "full"}
    yield referral.span(assessments, element, suffix, tags, **given)
    for factor in element.iterfind("FactorsIdentifiedAtAssessment/AssessmentFactors"):
        code = said(factor) or ""
        table = allegations if code in codes.ALLEGED else observations
        if code not in codes.ALLEGED and code not in codes.OBSERVED:
            known = code in codes.OTHER_FACTORS
            reason = "says nothing that a table holds" if known else "is not a code of the list"
            referral.child.note("AssessmentFactors", "", f"{reason}: no row", place(factor))
            continue
        given["kind"] = {**codes.ALLEGED, **codes.OBSERVED}[code]
        row = referral.row(table, element, f"{suffix}-{code}", {"happened": tags["until"]}, **given)
        yield replace(row, part="AssessmentFactors", place=place(factor))


def _enquiries(referral: ReferralReader) -> Iterator[Offered]:
    tags = {"happened": "S47ActualStartDate", "until": "DateOfInitialCPC"}
    given = {"notification": referral.name, "kind": "protection"}
    for number, element in enumerate(referral.details.iterchildren("Section47"), start=1):
        yield referral.span(assessments, element, f"-s{number}", tags, **given)


def _need_plans(referral: ReferralReader) -> Iterator[Offered]:
    tags = {"happened": "CINPlanStartDate", "until": "CINPlanEndDate"}
    for number, element in enumerate(referral.details.iterchildren("CINPlanDates"), start=1):
        yield referral.span(services, element, f"-c{number}", tags, kind="need_plan")


def _protection_plans(referral: ReferralReader) -> Iterator[Offered]:
    tags = {"happened": "CPPstartDate", "until": "CPPendDate"}
    plans = referral.details.iterchildren("ChildProtectionPlans")
    for number, element in enumerate(plans, start=1):
        suffix = f"-p{number}"
        yield referral.span(services, element, suffix, tags, kind="protection_plan")
        tag = "InitialCategoryOfAbuse"
        kind = referral.child.code(element, tag, codes.CATEGORY_OF_ABUSE)
        given = {"notification": referral.name, "kind": kind, "outcome": "substantiated"}
        row = referral.row(findings, element, suffix, {"happened": "CPPstartDate"}, **given)
        yield replace(row, part=tag, place=place(element, tag))
