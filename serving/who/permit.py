"""Permission: what the policy says of what is asked, which the log tells every time."""

from functools import cache

from serving.log import log
from serving.metrics import DECISIONS
from serving.problems import Problem
from serving.who.asker import PURPOSES, Action, Asker
from serving.who.policy import Case, Decision, read_policy

POLICY = cache(read_policy)


def decide(asker: Asker, action: Action, case: Case, *, glass: bool = False) -> Decision:
    """What the policy says, which is logged; `glass` says that it was broken for this case."""
    decision = POLICY().decide(asker, action, case, glass=glass)
    DECISIONS.labels(action, str(decision.allowed).lower()).inc()
    log(
        "decision",
        requestId=asker.request,
        action=action,
        allowed=decision.allowed,
        policies=decision.policies,
        person=asker.person,
        through=asker.through,
        roles=sorted(asker.roles),
        purpose=asker.purpose,
    )
    return decision


def forbidden() -> Problem:
    """The problem of who may not do it."""
    return Problem("forbidden", _WHY)


_WHY = (
    "The policy does not permit this to your roles, for this case or for this purpose; say the "
    f"purpose in the header Purpose-Of-Use: {', '.join(PURPOSES)}."
)
