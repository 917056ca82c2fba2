"""Who asks: the person whose rights decide, and the system that speaks on the person's behalf."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

Role = Literal[
    "screener", "supervisor", "auditor", "data_scientist", "administrator", "service", "unasked"
]
ROLES: tuple[Role, ...] = get_args(Role)
Action = Literal[
    "score", "score_many", "read_job", "read_answer", "report", "review", "contest", "replay",
    "read_model", "send_events", "read_history", "read_worklist", "tend_alert",
    "acknowledge_notice", "keep_webhooks", "seal", "erase", "read_journal", "read_figures",
    "break_glass", "rescore", "assign", "review_glass", "decide_contest",
]  # fmt: skip
ACTIONS: tuple[Action, ...] = get_args(Action)
UNASKED: Role = "unasked"  # of who was not asked; no token and no key gives it
SERVICE: Role = "service"  # of a system that asks for itself
PURPOSES = ("screening", "supervision", "audit", "qa")
OTHER = "other"  # stands in the journal for a purpose that is none of these, or for none


@dataclass(frozen=True)
class Asker:
    """Who asks to do what, for what purpose, and what let them in.

    `person` is the id by which the identity provider knows the person, or that of the system where
    it asks for itself; `through` is the system where a person asks through one. `office` is None
    where the rights are not bound to one. `policies` are the rules that permitted the `action`,
    which is None before the policy was asked.
    """

    person: str
    roles: frozenset[Role]
    agency: str
    office: str | None = None
    through: str | None = None
    purpose: str = OTHER
    request: str = ""
    policies: tuple[str, ...] = ()
    action: Action | None = None

    @property
    def client(self) -> tuple[str, str | None]:
        """Whose idempotency keys are apart from everybody else's."""
        return self.person, self.through

    @property
    def caller(self) -> tuple[str, str, str]:
        """Who is counted: a person through a system, or a system, of an agency."""
        return self.agency, self.person, self.through or ""

    def for_purpose(self, named: str | None, request: str) -> "Asker":
        """The same with the purpose that was named, and the id of the request."""
        purpose = named if named in PURPOSES else OTHER
        return replace(self, purpose=purpose, request=request)

    def handler(self, asker: "Asker") -> str:
        """Who handles the case of what this one asked for, as `asker` finds it.

        That is this one; where a system asked for itself, or nobody did, whoever asks about it.
        """
        itself = SERVICE in self.roles or self.person == ITSELF.person
        return asker.person if itself else self.person

    @property
    def record(self) -> dict[str, str | None]:
        """What the journal keeps of the asker, by column."""
        return {
            "person": self.person,
            "through": self.through,
            "roles": " ".join(sorted(self.roles)),
            "agency": self.agency,
            "office": self.office,
            "purpose": self.purpose,
            "policies": " ".join(self.policies),
            "asked_in": self.request,
        }

    @classmethod
    def recorded(cls, said: Mapping[str, Any]) -> "Asker":
        """The asker that a record tells of."""
        return cls(
            person=said["person"],
            through=said["through"],
            roles=frozenset(said["roles"].split()),
            agency=said["agency"],
            office=said["office"],
            purpose=said["purpose"],
            policies=tuple(said["policies"].split()),
            request=said["asked_in"],
        )


NOBODY = Asker(person="not-asked", roles=frozenset({UNASKED}), agency="")
ITSELF = Asker(person="kizuki", roles=frozenset({UNASKED}), agency="")  # the desk, unasked
RECORD = tuple(NOBODY.record)
