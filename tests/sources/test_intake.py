"""The one door of the case file: every row is kept or refused, and versions never contradict."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from features.events import Event, contradictions
from features.reading import day_number
from features.sources.intake import Intake, Limit, Offered
from features.sources.report import Report
from features.tables import notifications, placements, services
from tests.sources.census_files import rows

AS_OF = date(2024, 3, 31)


def offer(*given: dict[str, object]) -> tuple[Intake, Report]:
    report = Report("test")
    intake = Intake(AS_OF, report)
    for number, row in enumerate(given):
        raw = {"id": "p1", "child": "c1", **row}
        known = raw.pop("until_known", None)
        intake.offer(Offered(placements, "file", f"line {number}", raw, end_known=known))
    return intake, report


def spans(intake: Intake) -> list[tuple[str | None, ...]]:
    return rows(intake.case_file().tables["placements"], "known", "withdrawn", "until")


def test_an_end_known_later_than_the_start_takes_the_place_of_the_open_row() -> None:
    days = {"happened": "2023-01-01", "known": "2023-01-05", "until": "2023-06-01"}
    assert spans(offer(days)[0]) == [
        ("2023-01-05", "2023-06-01", None),
        ("2023-06-01", None, "2023-06-01"),
    ]
    assert spans(offer({**days, "until_known": "2023-07-15"})[0]) == [
        ("2023-01-05", "2023-07-15", None),
        ("2023-07-15", None, "2023-06-01"),
    ]


def test_an_end_known_with_the_start_is_one_row() -> None:
    days = {"happened": "2023-01-01", "known": "2023-06-05", "until": "2023-06-01"}
    assert spans(offer(days)[0]) == [("2023-06-05", None, "2023-06-01")]


def test_an_end_that_is_planned_is_kept_and_one_that_cannot_be_known_is_not() -> None:
    days = {"happened": "2024-01-01", "known": "2024-01-01", "until": "2024-12-01"}
    assert spans(offer({**days, "until_known": "2024-01-01"})[0])[0][2] == "2024-12-01"
    intake, report = offer(days)
    assert spans(intake) == [("2024-01-01", None, None)]
    assert report.total("noted") == 1


def test_a_row_withdrawn_before_its_end_was_known_never_ended() -> None:
    days = {"happened": "2023-01-01", "known": "2023-01-05", "until": "2023-06-01"}
    assert spans(offer({**days, "withdrawn": "2023-03-01"})[0]) == [
        ("2023-01-05", "2023-03-01", None)
    ]


def test_how_it_went_is_not_known_before_its_end_is() -> None:
    """But a refusal is: it needs no end."""
    days = {"id": "s1", "child": "c1", "happened": "2023-01-01", "known": "2023-01-05"}
    for outcome, before in (("completed", None), ("ended_early", None), ("refused", "refused")):
        intake = Intake(AS_OF, Report("test"))
        raw = {**days, "until": "2023-06-01", "kind": "respite", "outcome": outcome}
        intake.offer(Offered(services, "file", "line 1", raw))
        frame = intake.case_file().tables["services"]
        assert rows(frame, "until", "kind", "outcome") == [
            (None, "respite", before),
            ("2023-06-01", "respite", outcome),
        ]


def test_a_correction_is_kept_and_a_repeated_row_is_not() -> None:
    days = {"happened": "2023-01-01", "known": "2023-01-05"}
    first, second = {**days, "withdrawn": "2023-02-01"}, {**days, "known": "2023-02-01"}
    assert offer(first, second)[1].total("kept") == 2
    assert offer(second, first)[1].total("kept") == 2
    assert offer(days, second)[1].total("refused") == 1


def test_a_limit_refuses_with_its_reason() -> None:
    report = Report("test")
    raw = {"id": "n1", "child": "c1", "happened": "2023-01-01", "known": "2023-01-01"}
    limit = Limit(day_number(date(2023, 1, 2)), None, "is too early")
    intake = Intake(AS_OF, report)
    intake.offer(Offered(notifications, "file", "line 1", raw, limits=[limit]))
    assert [line.reason for line in report.lines()] == ["happened: is too early"]


DAYS = st.one_of(st.none(), st.integers(-40, 10).map(lambda n: (AS_OF + timedelta(n)).isoformat()))
ROWS = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", "b", ""]), "happened": DAYS, "known": DAYS},
    optional={"until": DAYS, "withdrawn": DAYS, "until_known": DAYS, "child": st.none()},
)


@given(st.lists(ROWS, max_size=8))
def test_read_is_kept_plus_refused_and_what_is_kept_never_contradicts(
    given_rows: list[dict[str, object]],
) -> None:
    intake, report = offer(*given_rows)
    lines = list(report.lines())
    assert all(line.read == line.kept + line.refused for line in lines)
    assert sum(line.read for line in lines) == len(given_rows)
    kept: list[Event] = intake._events.get("placements", [])
    assert not contradictions(kept, ["" for _ in kept])
    last = day_number(AS_OF)
    assert all(event.happened <= event.known <= last for event in kept)
    assert len({event.id for event in kept}) <= report.total("kept") <= len(kept)
