"""The four judgements side by side, and in words what cannot be known."""

from collections.abc import Iterator

from models.measures import MEASURES
from models.spec import ModelSpec
from training.selective.judged import ALL, LOOKED_AT, MEASURED, ROBUST, SHARE, TRUE, Judged
from training.selective.screened import NOT_ON_RECORD, SCREENED_IN
from training.summary import aligned


def selective_report(spec: ModelSpec, judged: Judged) -> str:
    """The report: a table of measures, what they say, and what nobody can say."""
    told = [*_said(judged), *_true(judged), "", "what cannot be known:", *_not_known(spec, judged)]
    return "\n".join([*aligned(_table(judged)), "", *told])


def selective_numbers(judged: Judged) -> dict[str, float]:
    """Each measure by whose outcomes it was taken, as MLflow takes them."""
    return {
        f"{name}.{way.replace(',', '')}": found.value
        for way, measures in judged.measures.items()
        for name, found in measures.items()
    }


def _table(judged: Judged) -> list[list[str]]:
    words = {SHARE: SHARE, **{name: MEASURES[name].words.en for name in MEASURED}}
    rows = [
        [words[name], *(str(measures[name]) for measures in judged.measures.values())]
        for name in words
    ]
    return [["measured on", *judged.measures], *rows]


def _said(judged: Judged) -> Iterator[str]:
    everybody = sum(judged.counts.values())
    counts = ", ".join(f"{count} {name}" for name, count in judged.counts.items())
    yield f"of {everybody} judged examples: {counts}"
    record, robust = (judged.measures[way][SHARE].value for way in (ALL, ROBUST))
    yield (
        f"had all been looked at, {robust:.1%} of them instead of {record:.1%} would be expected "
        f"to have the outcome on record"
    )
    looked, all_ = (judged.measures[way]["auroc"] for way in (LOOKED_AT, ALL))
    yield (
        f"the AUROC is {looked.value:.3f} on those who were screened in and {all_.value:.3f} on all"
    )


def _true(judged: Judged) -> Iterator[str]:
    if judged.best is not None:
        true, record = (judged.measures[way]["auroc"].value for way in (TRUE, ALL))
        yield (
            f"the town's truth: for the harm that came, the AUROC is {true:.3f}, not {record:.3f} "
            f"as for the outcome on record; who knew the true risk would reach {judged.best:.3f}"
        )


def _not_known(spec: ModelSpec, judged: Judged) -> Iterator[str]:
    others = sum(judged.counts.values()) - judged.counts[SCREENED_IN]
    yield (
        f"- what became of the {others} examples that nobody looked at, unless somebody reported "
        f'it: for them "no outcome" of {spec.name} means "none on record"'
    )
    yield (
        "- whether the doubly robust column is right: it is only if all that swayed the screening "
        "is in the rows; what a screener heard and did not write down is in none of them"
    )
    yield (
        f"- those unlike anybody who was looked at: {judged.unlikely:.1%} of the others had hardly "
        "a chance to be, and for them the estimate is the guess of a model"
    )
    if NOT_ON_RECORD in judged.counts:
        yield (
            f"- how {judged.counts[NOT_ON_RECORD]} examples were screened: no decision is on "
            "record, and they count as not looked at"
        )
    yield "- anything about children whom nobody reported: they are in no table"
