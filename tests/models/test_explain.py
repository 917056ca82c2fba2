"""Reasons: one for each feature, in words, with the rows behind it."""

import pytest

from features.coverage import Gap, Lack
from features.engines.one_child import Answer, answer_row
from features.histories import history_of
from features.language.text import LANGUAGES, Text
from features.library import FEATURES, SIDES, features_of, prior_notifications
from features.telling import number_words, tell
from features.themes import theme_of
from models.bundle import Bundle
from models.explain import ReasonGiven, by_theme, missing, reasons
from models.score import score_row
from tests.small_world import CHILD, read_world

COUNT = FEATURES["notification_count"]
HALF_YEAR, *_, EVER = COUNT.columns

WORLD = """
    cutoff 2024-04-01
    children
      happened
      2015-04-01
    notifications
      id | happened   | source
      n1 | 2024-03-01 | police
      n2 | 2022-03-01 | school
    allegations
      id | happened   | notification | kind     | abuser
      a1 | 2024-03-01 | n1           | physical | p1
    unrecorded findings
"""


def row_of(bundle: Bundle, world: str = WORLD) -> dict[str, Answer]:
    read = read_world(world)
    return answer_row(bundle.spec.columns, history_of(CHILD, read.case_file), read.cutoff)


def test_shares_of_reasons_add_up_as_contributions_do(bundle: Bundle) -> None:
    row = row_of(bundle)
    score = score_row(bundle, row)
    given = reasons(bundle.spec, row, score.contributions)
    assert sum(reason.share for reason in given) + score.base == pytest.approx(score.margin)
    assert len(given) == len(bundle.spec.features)
    weights = [abs(reason.share) for reason in given]
    assert weights == sorted(weights, reverse=True)


def test_windows_of_one_feature_are_one_reason_told_at_the_weightiest(bundle: Bundle) -> None:
    row = row_of(bundle)
    contributions = dict.fromkeys(row, 0.0) | {HALF_YEAR.name: 0.2, EVER.name: 0.3}
    first = reasons(bundle.spec, row, contributions)[0]
    assert (first.code, first.share, first.raises) == ("notification_count", 0.5, True)
    assert first.words.en == "2 notification(s) so far"
    assert list(first.evidence) == [("notifications", "n2"), ("notifications", "n1")]


def answer_lacking(lacks: Lack, day: int | None = None) -> Answer:
    return Answer(None, gap=Gap("notifications", lacks, day))


HOW_MANY = "not known: ? notification(s) in the past 6 months"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(2.0), "2 notification(s) in the past 6 months"),
        (Answer(0.0), "no notification in the past 6 months"),
        (answer_lacking("table"), f"{HOW_MANY} (no notification on record)"),
        (answer_lacking("kind"), f"{HOW_MANY} (this kind of notification is not recorded)"),
        (
            answer_lacking("days before", 16_892),
            f"{HOW_MANY} (no notification is kept on record before 1 April 2016)",
        ),
        (
            answer_lacking("days after", 16_892),
            f"{HOW_MANY} (no notification is kept on record after 1 April 2016)",
        ),
        (
            Answer(None, (("notifications", "n1"),)),
            f"{HOW_MANY} (notification on record without the detail)",
        ),
    ],
    ids=["some", "none", "no table", "no kind", "too early", "too late", "not filled in"],
)
def test_some_none_and_unknown_are_told_apart(answer: Answer, words: str) -> None:
    assert tell(COUNT, HALF_YEAR, answer).en == words


@pytest.mark.parametrize(
    ("name", "ja", "en"),
    [
        (
            "notified_by_police",
            "「今回は警察からの通告」かどうかは不明（通告の記録なし）",
            "not known whether: this notification came from the police (no notification on record)",
        ),
        (
            "days_since_previous_notification",
            "「前回の通告から何日」かは不明（通告の記録なし）",
            "not known: ? days since the notification before this one (no notification on record)",
        ),
        (
            "share_anonymous",
            "「これまでの通告のうち匿名が何%」かは不明（通告の記録なし）",
            "not known: ?% of all notifications were anonymous (no notification on record)",
        ),
    ],
)
def test_what_is_unknown_is_told_with_what_was_asked(name: str, ja: str, en: str) -> None:
    told = tell(FEATURES[name], FEATURES[name].columns[0], answer_lacking("table"))
    assert told == Text(ja, en)


def counted(*windows: tuple[Answer, float]) -> ReasonGiven:
    share = sum(part for _, part in windows)
    return ReasonGiven(COUNT, HALF_YEAR, windows[0][0], share, windows)


def test_a_window_is_divided_evenly_among_the_rows_that_made_it() -> None:
    n1, n2, n3 = (("notifications", name) for name in ("n1", "n2", "n3"))
    given = counted(
        (Answer(1.0, (n1,)), 0.2),
        (Answer(3.0, (n1, n2, n3, n3)), 0.3),  # a row that is there in two roles counts once
        (Answer(0.0), -0.4),  # carried by no row
    )
    assert given.carried == pytest.approx({n1: 0.3, n2: 0.1, n3: 0.1})
    assert given.evidence == pytest.approx({n1: 0.3})
    assert given.share == pytest.approx(0.1)


def test_rows_and_what_no_row_carries_make_up_each_share(bundle: Bundle) -> None:
    row = row_of(bundle)
    for given in reasons(bundle.spec, row, score_row(bundle, row).contributions):
        of_no_row = sum(share for answer, share in given.windows if not answer.evidence)
        assert sum(given.carried.values()) + of_no_row == pytest.approx(given.share)
        assert set(given.evidence) == set(given.answer.evidence)


def test_themes_sum_the_reasons_of_one_side_of_a_life(bundle: Bundle) -> None:
    row = row_of(bundle)
    score = score_row(bundle, row)
    themes = by_theme(reasons(bundle.spec, row, score.contributions))
    assert sum(share for _, share in themes) + score.base == pytest.approx(score.margin)
    shares = {theme.code: share for theme, share in themes}
    notified = [f for f in features_of(prior_notifications) if f in bundle.spec.features]
    columns = [column.name for feature in notified for column in feature.columns]
    assert shares["prior_notifications"] == pytest.approx(
        sum(score.contributions[name] for name in columns)
    )
    assert [abs(share) for _, share in themes] == sorted(map(abs, shares.values()), reverse=True)


def test_every_feature_has_a_theme_in_both_languages() -> None:
    words = {theme_of(feature).words for feature in FEATURES.values()}
    assert len(words) == len(SIDES)


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (3.0, "count", Text("3", "3")),
        (7.0, "years", Text("7歳", "7 year(s)")),
        (0.0, "years", Text("0歳", "0 year(s)")),
        (1 / 3, "share", Text("33%", "33%")),
        (2.0, "change", Text("+2", "+2")),
        (-3.0, "change", Text("-3", "-3")),
        (1.4142, "weight", Text("1.4", "1.4")),
        (31.0, "days", Text("31日", "31 day(s)")),
        (425.0, "days", Text("約14か月", "about 14 months")),
        (2600.0, "days", Text("約7年", "about 7 years")),
    ],
)
def test_numbers_are_told_as_a_person_says_them(number: float, unit: str, words: Text) -> None:
    assert number_words(number, unit) == words


def test_what_is_missing_is_what_no_window_could_answer(bundle: Bundle) -> None:
    row = row_of(bundle)
    codes = dict(missing(bundle.spec, row))
    read_findings = {f.name for f in bundle.spec.features if "findings" in f.tables}
    not_filled_in = {
        f.name
        for f in bundle.spec.features
        if all(row[c.name].number is None and row[c.name].evidence for c in f.columns)
    }
    assert read_findings
    assert not_filled_in
    assert set(codes) == read_findings | not_filled_in


def test_every_feature_tells_every_kind_of_answer_in_both_languages() -> None:
    for feature in FEATURES.values():
        for column in feature.columns:
            for answer in (Answer(1.0), Answer(column.value.empty), answer_lacking("table")):
                for language in LANGUAGES:
                    assert "{" not in tell(feature, column, answer).read(language)
