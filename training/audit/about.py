"""The part of an audit report about what is predicted, of whom, and from what."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from features import html
from features.html import make, number, row
from features.reading import calendar_day
from features.teller import Teller
from features.telling import day_words
from models.gaps import words_of_field
from models.spec import Cohort, ModelSpec
from models.table_spec import TableSpec
from training.record import Training

_Told = Mapping[str, Element | str]


def about_part(training: Training, tell: Teller) -> Iterator[Element]:
    """Outcome, cohort, what is read, the data, and the slices."""
    spec, slices = training.spec, training.slices
    yield make("h2", tell.say("about"))
    told = _of_table(spec, tell) if isinstance(spec, TableSpec) else _of_model(spec, tell)
    audited = tell.say("and").join(tell.read(words_of_field(field)) for field in spec.audited_by)
    reads = tell.say(
        "reads_about",
        features=len({column.feature for column in spec.columns}),
        columns=len(spec.columns),
        trees=training.booster.num_trees(),
        audited=audited,
    )
    yield pairs({**told, "reads": reads, "data": _data(training, tell)}, tell)
    rows = [_slice(tell, name, *part.about) for name, part in slices.by_name.items()]
    yield html.table(tell.heads("slice", "from", "to", "examples#", "positives#"), rows)
    if slices.left_out:
        left = ", ".join(f"{tell.say(why)} {count:,}" for why, count in slices.left_out.items())
        yield make("p", tell.say("left_out", told=left), css="soft")


def pairs(told: _Told, tell: Teller) -> Element:
    """Names and what is told of each, one below the other."""
    return html.table(
        [], [row(make("td", make("strong", tell.say(n))), w) for n, w in told.items()]
    )


def _of_model(spec: ModelSpec, tell: Teller) -> _Told:
    return {
        "outcome": tell.read(spec.label.about),
        "question": make("td", make("code", str(spec.label.value))),
        "cohort": _cohort(spec, tell),
    }


def _of_table(spec: TableSpec, tell: Teller) -> _Told:
    return {
        "outcome": tell.say("outcome_table", column=spec.label),
        "cohort": tell.say("cohort_table"),
    }


def _data(training: Training, tell: Teller) -> str:
    if isinstance(training.spec, TableSpec):
        return tell.say("data_table")
    learnt_by = calendar_day(training.slices.learnt_by)
    return tell.say("data_about", learnt_by=tell.read(day_words(learnt_by)))


def _cohort(spec: ModelSpec, tell: Teller) -> str:
    cohort = spec.cohort
    if not isinstance(cohort, Cohort):
        return tell.say("cohort_of_days", first=cohort.days[0], last=cohort.days[-1])
    youngest, oldest = cohort.ages
    table = tell.read(cohort.each.words)
    return tell.say("cohort_of_rows", youngest=youngest, oldest=oldest, table=table)


def _slice(tell: Teller, name: str, first: str, last: str, count: int, positives: int) -> Element:
    counts = (number(f"{counted:,}") for counted in (count, positives))
    return row(make("td", tell.say(name), " ", make("code", name)), first, last, *counts)
