"""The policy as a table: what every role may do to every case, 720 answers.

A cell names the cases on which it is permitted, with the purpose that is the role's own:

    c  a case that the asker handles        o  another case of the same office
    x  a case of another office             a  a case of another agency
    s  a case that the asker handles, sealed
"""

from itertools import product

import pytest

from features.errors import KizukiError
from serving.who.asker import ACTIONS, PURPOSES, Action, Asker, Role
from serving.who.policy import Case, Policy, read_policy

TABLE = """
                   screener  supervisor  auditor  data_scientist  administrator  service
score              co        cos         -        -               -              cox
score_many         co        cos         -        -               -              cox
read_job           co        cos         -        -               -              cox
read_answer        co        cos         coxs     -               -              -
report             co        cos         -        -               -              -
review             c         cos         -        -               -              -
contest            co        cos         -        -               -              -
replay             -         -           coxs     -               -              -
read_model         coxas     coxas       coxas    coxas           coxas          coxas
send_events        -         -           -        -               -              coxs
read_history       co        cos         coxs     -               -              -
read_worklist      co        cos         -        -               -              -
tend_alert         co        cos         -        -               -              -
acknowledge_notice co        cos         -        -               -              -
keep_webhooks      -         -           -        -               coxs           -
seal               -         cos         -        -               -              -
erase              -         cos         -        -               -              -
read_journal       -         -           coxs     -               -              -
read_figures       -         cos         coxs     coxs            -              -
break_glass        xs        x           -        -               -              -
rescore            -         -           -        -               coxs           coxs
assign             -         cos         -        -               -              coxs
review_glass       -         cos         -        -               -              -
decide_contest     -         cos         -        -               -              -
"""
PURPOSE = {
    "screener": "screening", "supervisor": "supervision", "auditor": "audit",
    "data_scientist": "qa", "administrator": "other", "service": "screening",
}  # fmt: skip
CASES = {
    "c": Case("tokyo", "north", frozenset({"me"})),
    "o": Case("tokyo", "north", frozenset({"somebody else"})),
    "x": Case("tokyo", "south", frozenset({"somebody else"})),
    "a": Case("osaka", "north", frozenset({"somebody else"})),
    "s": Case("tokyo", "north", frozenset({"me"}), sealed=True),
}
OWN = Case("tokyo", "north", by="me")  # the asker's own record is asked about
POLICY = read_policy()


def asker(*roles: Role, purpose: str, office: str | None = "north") -> Asker:
    return Asker("me", frozenset(roles), "tokyo", office, purpose=purpose)


def of_role(role: Role) -> Asker:
    """Who has the role, in the way that is usual for it: a system is bound to no office."""
    return asker(role, purpose=PURPOSE[role], office=None if role == "service" else "north")


def table() -> dict[tuple[Action, Role], str]:
    head, *lines = TABLE.strip("\n").splitlines()
    cells = {}
    for action, *row in map(str.split, lines):
        cells.update({(action, role): cell for role, cell in zip(head.split(), row, strict=True)})
    return cells  # type: ignore[return-value]


@pytest.mark.parametrize(("action", "role"), table())
def test_what_each_role_may_do(action: Action, role: Role) -> None:
    permitted = [
        c for c, case in CASES.items() if POLICY.decide(of_role(role), action, case).allowed
    ]
    assert sorted(permitted) == sorted(table()[action, role].strip("-"))


def test_the_table_is_whole() -> None:
    assert {action for action, _ in table()} == set(ACTIONS)
    assert len(table()) * len(CASES) == 720


def test_a_rule_that_permits_nothing_here_is_not_needed() -> None:
    """Every rule of the text decides some cell of the tables of this file."""
    told = set()
    for (action, role), case, glass in product(table(), CASES.values(), (False, True)):
        told.update(POLICY.decide(of_role(role), action, case, glass=glass).policies)
    both = asker("administrator", "auditor", purpose="audit")
    told.update(POLICY.decide(both, "read_journal", CASES["c"]).policies)
    told.update(POLICY.decide(asker("unasked", purpose="other"), "score", CASES["c"]).policies)
    told.update(POLICY.decide(of_role("supervisor"), "decide_contest", OWN).policies)
    builder = asker("data_scientist", "supervisor", purpose="qa")
    told.update(POLICY.decide(builder, "read_answer", CASES["c"]).policies)
    assert told == set(POLICY._names.values())


@pytest.mark.parametrize(
    ("role", "case", "opened"),
    [
        ("screener", "x", True), ("screener", "s", True), ("screener", "a", False),
        ("supervisor", "x", True), ("supervisor", "a", False),
        ("auditor", "a", False), ("data_scientist", "x", False), ("administrator", "x", False),
        ("administrator", "s", False), ("service", "s", False),
    ],
)  # fmt: skip
def test_what_broken_glass_opens(role: Role, case: str, opened: bool) -> None:
    who = asker(role, purpose="screening")
    assert POLICY.decide(who, "read_history", CASES[case], glass=True).allowed == opened
    assert not POLICY.decide(who, "erase", CASES["x"], glass=True).allowed


@pytest.mark.parametrize(
    "purpose",
    ["screening", "supervision", "audit", "qa", "employment_check", "research", "licensing",
     "immigration", "insurance", "marketing", "police", "other"],
)  # fmt: skip
def test_a_case_is_read_for_four_purposes_alone(purpose: str) -> None:
    allowed = [
        role
        for role in PURPOSE
        for action in ("score", "read_answer", "read_history")
        if POLICY.decide(asker(role, purpose=purpose), action, CASES["c"]).allowed  # type: ignore[arg-type]
    ]
    assert bool(allowed) == (purpose in PURPOSES)


def test_who_has_no_role_may_do_nothing() -> None:
    nobody = asker(purpose="screening")
    assert not any(
        POLICY.decide(nobody, action, case, glass=glass).allowed
        for action, case, glass in product(ACTIONS, CASES.values(), (False, True))
    )


@pytest.mark.parametrize("action", ["decide_contest", "review_glass"])
def test_nobody_judges_what_they_did_themselves(action: Action) -> None:
    who, anothers = of_role("supervisor"), Case("tokyo", "north", by="somebody else")
    assert POLICY.decide(who, action, anothers).allowed
    assert not POLICY.decide(who, action, OWN).allowed
    assert POLICY.decide(who, "read_answer", OWN).allowed
    assert POLICY.decide(asker("unasked", purpose="other"), action, OWN).allowed


def test_nobody_audits_what_they_administer() -> None:
    both = asker("administrator", "auditor", purpose="audit")
    assert not any(POLICY.decide(both, action, CASES["c"]).allowed for action in ACTIONS)


def test_who_builds_the_model_judges_no_case() -> None:
    both = asker("data_scientist", "supervisor", purpose="qa")
    assert not POLICY.decide(both, "read_answer", CASES["c"]).allowed
    assert POLICY.decide(both, "read_figures", CASES["c"]).allowed


def test_a_system_bound_to_an_office_stays_in_it() -> None:
    bound = asker("service", purpose="screening", office="north")
    assert POLICY.decide(bound, "score", CASES["o"]).allowed
    assert not POLICY.decide(bound, "score", CASES["x"]).allowed


def test_who_has_no_office_has_no_case() -> None:
    lost = asker("screener", "supervisor", purpose="screening", office=None)
    assert not POLICY.decide(lost, "score", Case("tokyo", "")).allowed


def test_a_decision_names_its_rules() -> None:
    said = POLICY.decide(of_role("screener"), "score", CASES["c"])
    assert said.policies == ("screeners-work-the-cases-of-their-office",)


@pytest.mark.parametrize(
    "wrong",
    [
        '@id("x") permit (principal, action == Action::"scoer", resource);',
        '@id("x") permit (principal, action, resource) when { resource.ofice == "north" };',
        '@id("x") permit (principal, action, resource) when { principal.office == "north" };',
        "permit (principal, action",
    ],
    ids=["action", "attribute", "an office that may be missing", "syntax"],
)
def test_a_text_that_does_not_fit_its_schema_is_refused(wrong: str) -> None:
    from serving.who import policy

    with pytest.raises(KizukiError, match=r"^the policy text does not fit its schema: "):
        Policy(wrong, policy._SCHEMA.read_text("utf-8"))
