"""The policy: a text in Cedar that says who may do what, and the decisions that follow from it.

Cedar's engine was chosen over rules of our own because what it promises is what is wanted here: a
request that no rule permits is refused, a forbid beats every permit, and a rule that cannot be
evaluated permits nothing. The text is checked against its schema when it is read.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cedarpy

from features.errors import KizukiError
from serving.who.asker import ROLES, Action, Asker

_TEXT = Path(__file__).with_name("policy.cedar")
_SCHEMA = Path(__file__).with_name("policy.cedarschema")


@dataclass(frozen=True)
class Case:
    """What the policy looks at of a case: whose it is, who handles it, whether it is sealed.

    `by` is who made the record that is asked about, if it is about one.
    """

    agency: str
    office: str
    handlers: frozenset[str] = frozenset()
    sealed: bool = False
    by: str | None = None


@dataclass(frozen=True)
class Decision:
    """Whether it is permitted, and the ids of the rules that said so."""

    allowed: bool
    policies: tuple[str, ...]


class Policy:
    """A policy text, read and checked; raises KizukiError where it does not fit its schema."""

    def __init__(self, text: str, schema: str) -> None:
        checked = cedarpy.validate_policies(text, schema)
        if not checked.validation_passed:
            wrong = "; ".join(str(error.error) for error in checked.errors)
            raise KizukiError(f"the policy text does not fit its schema: {wrong}")
        self.digest = hashlib.sha256(text.encode()).hexdigest()
        self._rules = cedarpy.PolicySet.from_str(text)
        self._schema = cedarpy.Schema.from_str(schema)
        rules = json.loads(cedarpy.policies_to_json_str(text))["staticPolicies"]
        self._names = {number: rule["annotations"]["id"] for number, rule in rules.items()}

    def decide(self, asker: Asker, action: Action, case: Case, *, glass: bool = False) -> Decision:
        """Whether the asker may do this to the case; `glass` says that it was broken for it.

        Where the engine reports an error, nothing is permitted.
        """
        request = {
            "principal": {"type": "Asker", "id": asker.person},
            "action": {"type": "Action", "id": action},
            "resource": {"type": "Case", "id": "the case"},
            "context": {"purpose": asker.purpose, "glass": glass},
        }
        entities = [*_ROLES, _asker(asker), _case(case)]
        said = cedarpy.is_authorized(request, self._rules, entities, self._schema)
        rules = tuple(sorted(self._names[number] for number in said.diagnostics.reasons))
        return Decision(said.allowed and not said.diagnostics.errors, rules)


def read_policy() -> Policy:
    """The policy of this desk."""
    return Policy(_TEXT.read_text("utf-8"), _SCHEMA.read_text("utf-8"))


_KNOWN = {"type": "Role", "id": "known"}
_ROLES: list[dict[str, Any]] = [
    {"uid": {"type": "Role", "id": r}, "attrs": {}, "parents": [_KNOWN]} for r in ROLES
]


def _asker(asker: Asker) -> dict[str, Any]:
    office = {"office": asker.office} if asker.office else {}
    return {
        "uid": {"type": "Asker", "id": asker.person},
        "attrs": {"person": asker.person, "agency": asker.agency, **office},
        "parents": [{"type": "Role", "id": role} for role in asker.roles],
    }


def _case(case: Case) -> dict[str, Any]:
    by = {"by": case.by} if case.by else {}
    return {
        "uid": {"type": "Case", "id": "the case"},
        "attrs": {
            "agency": case.agency,
            "office": case.office,
            "handlers": sorted(case.handlers),
            "sealed": case.sealed,
            **by,
        },
        "parents": [],
    }
