"""All that can be asked about a case, with canaries wherever there can be text."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.promises.canaries import canaries_of, with_canaries
from tests.store.requests import telling
from tests.store.telling import OFFICE

FIRST = 999  # the case whose answer is spoken of


@dataclass(frozen=True)
class Asked:
    """Something that is asked: read where nothing is `said`, and else sent."""

    path: str
    said: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Case:
    """One case among many; `about` is an answer that can be spoken of."""

    def __init__(self, number: int, about: str) -> None:
        self.number, self.about = number, about
        self.canaries = canaries_of(number)
        self.child, self.adult, self.row, self.name, self.words = self.canaries
        self.right = apart(with_canaries(self.canaries), number)
        self.today = datetime.now(UTC).date().isoformat()  # the desk goes by the clock, too
        self.in_store = {"child": self.child, "cutoff": self.today, "office": OFFICE}
        self.hidden = {
            "authorization": f"Bearer {self.child}", "idempotency-key": self.adult,
            "purpose-of-use": self.child, "traceparent": self.row, "user-agent": self.adult,
            "tracestate": f"child={self.child}", "baggage": f"child={self.child}",
        }  # fmt: skip


def apart(said: Any, number: int) -> Any:
    """The same with relatives of its own, so that no case is another's sibling."""
    return json.loads(re.sub(r'"(c-1042|a-77)"', rf'"\1-{number}"', json.dumps(said)))


def told(case: Case) -> Iterator[Asked]:
    """It is told, with something that raises a red flag, and asked about."""
    days = {"happened": case.today, "known": case.today}
    seen = {"id": case.row, "child": case.child, "kind": "weapon", **days}
    weapon = {"id": "w", "type": "record", "table": "observations", "row": seen}
    events = [*telling(case.right["caseFile"])["events"], weapon]
    own = [{**event, "id": f"{case.row}-{event['id']}"} for event in events]
    yield Asked("/v1/events", {"office": OFFICE, "events": own})
    yield Asked("/v1/score", case.in_store, case.hidden)


def sent(case: Case) -> Iterator[Asked]:
    yield Asked("/v1/score", case.right, case.hidden)
    yield Asked("/v1/report", case.right)


def many(case: Case) -> Iterator[Asked]:
    yield Asked("/v1/scoreJobs", {"requests": [case.right]})
    yield Asked("/v1/scoreBatches", {"requests": [case.right, case.in_store]})


def hooked(case: Case) -> Iterator[Asked]:
    hook = {"hook": "referral-screen", "hookInstance": case.row, "context": case.right}
    yield Asked("/cds-services/kizuki", hook)


def spoken_of(case: Case) -> Iterator[Asked]:
    at = f"/v1/score/{case.about}"
    fact = {"table": "notifications", "rowId": f"{canaries_of(FIRST)[2]}-n-1", "claim": "wrong"}
    yield Asked(f"{at}/contests", {**fact, "words": case.words})
    review = {"decision": "override", "reasonCode": "other", "words": case.words}
    yield Asked(f"{at}/reviews", review)


def wrong(case: Case) -> Iterator[Asked]:
    """A value, a name, a shape and a media type that are none."""
    yield Asked("/v1/score", {**case.right, "cutoff": case.name})
    spoilt = with_canaries(case.canaries)
    spoilt["caseFile"]["notifications"][0].update({case.name: case.words, "source": case.adult})
    yield Asked("/v1/score", spoilt)
    yield Asked("/v1/score", [case.words], {"content-type": f"text/{case.adult}"})


def elsewhere(case: Case) -> Iterator[Asked]:
    yield Asked(f"/v1/score/{case.child}?of={case.adult}", headers=case.hidden)
    yield Asked(f"/v1/{case.row}", case.right, case.hidden)


WAYS = (told, sent, many, hooked, spoken_of, wrong, elsewhere)


def asked_about(number: int, about: str) -> Iterator[Asked]:
    """What is asked about the case of that number, in one way after the other."""
    return WAYS[number % len(WAYS)](Case(number, about))
