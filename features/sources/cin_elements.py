"""Elements of the census: their values, their places, and those that the importer leaves aside."""

from collections import Counter
from collections.abc import Iterator

from lxml.etree import _Element as Element

from features.reading import Refused, read_field
from features.tables import ROW_FIELDS

READ = frozenset({
    ("ChildIdentifiers", "LAchildID"),
    ("ChildIdentifiers", "PersonBirthDate"),
    ("ChildIdentifiers", "GenderCurrent"),
    ("ChildIdentifiers", "Sex"),
    ("ChildCharacteristics", "Ethnicity"),
    ("Disabilities", "Disability"),
    ("CINdetails", "CINreferralDate"),
    ("CINdetails", "ReferralSource"),
    ("CINdetails", "PrimaryNeedCode"),
    ("CINdetails", "ReferralNFA"),
    ("Assessments", "AssessmentActualStartDate"),
    ("Assessments", "AssessmentAuthorisationDate"),
    ("FactorsIdentifiedAtAssessment", "AssessmentFactors"),
    ("CINPlanDates", "CINPlanStartDate"),
    ("CINPlanDates", "CINPlanEndDate"),
    ("Section47", "S47ActualStartDate"),
    ("Section47", "DateOfInitialCPC"),
    ("ChildProtectionPlans", "CPPstartDate"),
    ("ChildProtectionPlans", "CPPendDate"),
    ("ChildProtectionPlans", "InitialCategoryOfAbuse"),
})  # fmt: skip
REPEATED = frozenset({"Disability", "AssessmentFactors"})  # any number of them may be given

# A table with these rows alone would say of every other event in it that there was none.
WHY_ASIDE = {
    "PersonDeathDate": "no row, as agency events known by deaths alone would be false; bounds rows",
    "CINclosureDate": "no row of its own; ends an enquiry or plan that has no end of its own",
    "ReasonForClosure": "no row, as placements known by adoptions alone would be false",
    "DateOfInitialCPC": "no row, as contacts known by conferences alone would be false",
}
NOT_HELD = "not used: no table holds it"


def child(element: Element, tag: str) -> Element | None:
    """The first element of the tag right under this one."""
    return next(element.iterchildren(tag), None)


def text(element: Element | None, tag: str) -> str | None:
    """What the element of the tag right under this one says, or None where it says nothing."""
    found = None if element is None else child(element, tag)
    return None if found is None else said(found)


def said(element: Element) -> str | None:
    """What an element says, or None where it is blank."""
    return (element.text or "").strip() or None


def place(element: Element, tag: str = "") -> str:
    """Line and element, of the element or of one right under it: `line 34, CINreferralDate`."""
    if not tag:
        return f"line {element.sourceline}, {element.tag}"
    found = child(element, tag)
    missing = f"line {element.sourceline}, {element.tag} without {tag}"
    return missing if found is None else place(found)


def day(element: Element | None, tag: str) -> int | None:
    """The day number that an element gives, or None where it gives no day."""
    try:
        number = read_field(ROW_FIELDS["until"], text(element, tag))
    except Refused:
        return None
    assert number is None or isinstance(number, int)
    return number


def left_aside(top: Element) -> Iterator[tuple[str, str, str]]:
    """Part, reason and place of everything under an element that makes no row of its own."""
    for element in top.iter("*"):
        seen: Counter[object] = Counter()
        for under in element.iterchildren("*"):
            seen[under.tag] += 1
            if len(under) == 0 and said(under) is not None:
                reason = _why_aside(element, under, again=seen[under.tag] > 1)
                if reason:
                    yield str(under.tag), reason, place(under)
            if (under.tail or "").strip():
                yield str(element.tag), "not used: text between elements", place(under)


def _why_aside(element: Element, under: Element, *, again: bool) -> str:
    if (element.tag, under.tag) not in READ:
        return WHY_ASIDE.get(str(under.tag), NOT_HELD)
    return "not used: only the first is read" if again and under.tag not in REPEATED else ""
