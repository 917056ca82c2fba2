"""Permission: what is asked goes on only where the policy permits it, and the log tells which."""

from dataclasses import replace
from functools import cache

from serving.log import log
from serving.metrics import DECISIONS
from serving.problems import Problem
from serving.who.asker import PURPOSES, Action, Asker
from serving.who.policy import Case, read_policy

POLICY = cache(read_policy)


def permit(asker: Asker, action: Action, case: Case) -> Asker:
    """The asker, with the rules that permit the action; raises Problem where none does.

    Every decision is logged.
    """
    decision = POLICY().decide(asker, action, case)
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
    if decision.allowed:
        return replace(asker, action=action, policies=decision.policies)
    raise Problem("forbidden", _WHY)


_WHY = (
    "The policy does not permit this to your roles, for this case or for this purpose; say the "
    f"purpose in the header Purpose-Of-Use: {', '.join(PURPOSES)}."
)
