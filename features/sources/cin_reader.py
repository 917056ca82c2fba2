"""How one Child of the census is read: its rows, its codes, and the days its rows can lie in."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml.etree import _Element as Element

from features.language.rows import Table
from features.sources.cin_codes import Codes
from features.sources.cin_elements import child, day, place, text
from features.sources.intake import Limit, Offered

EXPECTED_BEFORE_BIRTH = 300  # days: an unborn child can be referred, not one not yet expected
Note = Callable[[str, str, str, str], None]
"""Tells the report of part, table, reason and place."""


@dataclass(frozen=True)
class ChildReader:
    """One Child: `office` is the LEA of the return and `as_of` its day.

    `note` tells the report what is doubtful.
    """

    element: Element
    office: str | None
    as_of: int
    note: Note

    @property
    def identifiers(self) -> Element:
        """Who the child is; the Child itself where it does not say."""
        found = child(self.element, "ChildIdentifiers")
        return self.element if found is None else found

    @cached_property
    def name(self) -> str | None:
        """The authority's identifier of the child."""
        return text(self.identifiers, "LAchildID")

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """From when until when anything can have happened to the child."""
        born, died = (day(self.identifiers, f"Person{what}Date") for what in ("Birth", "Death"))
        expected = None if born is None else born - EXPECTED_BEFORE_BIRTH
        return (
            Limit(expected, None, "lies long before the child's birth"),
            Limit(None, died, "lies after the child's death"),
            Limit(None, self.as_of, "lies after the day of the extract"),
        )

    def referrals(self) -> Iterator["ReferralReader"]:
        """The referrals of the child, in their order."""
        for number, details in enumerate(self.element.iterchildren("CINdetails"), start=1):
            yield ReferralReader(self, details, f"{self.name}-{number}")

    def code(self, element: Element, tag: str, codes: Codes) -> object:
        """What a code means, or None where it is blank, says nothing or is not on the list."""
        said = text(element, tag)
        if said is None or said in codes:
            return None if said is None else codes[said]
        self.note(tag, "", "is not a code of the list: left unknown", place(element, tag))
        return None

    def row(
        self, table: Table, element: Element, name: str, tags: Mapping[str, str], **given: object
    ) -> Offered:
        """A row of the table, known on the day that it happened unless `given` says otherwise.

        `tags` names the element under this one that gives each field; `given` are other fields.
        """
        raw = {field: text(element, tag) for field, tag in tags.items()}
        places = {field: place(element, tag) for field, tag in tags.items()}
        places |= {"known": places["happened"], "child": place(self.identifiers, "LAchildID")}
        raw = {"id": name, "child": self.name, "known": raw["happened"], **raw}
        return Offered(
            table,
            str(element.tag),
            place(element),
            {**raw, **given},
            places=places,
            limits=self.limits,
        )


@dataclass(frozen=True)
class ReferralReader:
    """One referral of a child, and what the census files under it; `name` is its row's id."""

    child: ChildReader
    details: Element
    name: str

    def row(
        self, table: Table, element: Element, suffix: str, tags: Mapping[str, str], **given: object
    ) -> Offered:
        """A row of something under this referral."""
        return self.child.row(table, element, f"{self.name}{suffix}", tags, **given)

    def span(
        self, table: Table, element: Element, suffix: str, tags: Mapping[str, str], **given: object
    ) -> Offered:
        """A span under this referral; one without an end of its own ends when the case closes."""
        begins, referred = day(element, tags["happened"]), day(self.details, "CINreferralDate")
        if begins is not None and referred is not None and begins < referred:
            reason = "begins before its referral (official rules 1103 and 1105): kept as it is"
            self.child.note(str(element.tag), table.name, reason, place(element, tags["happened"]))
        row = self.row(table, element, suffix, tags, **given)
        if row.raw["until"] is None:
            closed = text(self.details, "CINclosureDate")
            where = place(self.details, "CINclosureDate")
            row = Offered(
                row.table,
                row.part,
                row.place,
                {**row.raw, "until": closed},
                places={**row.places, "until": where},
                limits=row.limits,
            )
        return row
