"""What a person reads at the end of a training."""

from collections.abc import Iterator, Sequence

from features.reading import calendar_day
from models.held import range_table
from models.measures import MEASURES
from models.table_spec import TableSpec
from training.baselines.beside import baseline_table
from training.judge import GateResult, group_table, untold_words
from training.record import Training
from training.registry import Version
from training.rolling import rolled_table


def summary(training: Training, version: Version) -> str:
    """The slices, measures, groups and gates of a training, where it is, and what to do next."""
    return "\n".join(
        [
            *_slices(training),
            "",
            *_measures(training),
            "",
            *_baselines(training),
            *aligned(group_table(training.judged.groups)),
            "",
            *_ranges(training),
            "",
            *_origins(training),
            *map(_gate, training.judged.gates),
            "",
            *_next(training, version),
        ]
    )


def _slices(training: Training) -> Iterator[str]:
    slices = training.slices
    heading = ("slice", "from", "to", "examples", "with the outcome")
    rows = [(name, *map(str, part.about)) for name, part in slices.by_name.items()]
    yield from aligned([heading, *rows])
    trees = training.booster.num_trees()
    known = f"as known on {calendar_day(slices.learnt_by)}" if slices.dated else "as given"
    yield f"learnt from labels {known}, with {trees} trees"
    for reason, count in slices.left_out.items():
        yield f"left out, {reason}: {count} examples"


def _measures(training: Training) -> list[str]:
    rows = [(MEASURES[name].words.en, str(e)) for name, e in training.judged.measures.items()]
    return aligned([("measure on the test slice", "value (95 % interval)"), *rows])


def _baselines(training: Training) -> Iterator[str]:
    """The simpler ways, where they were measured, with a blank line after them."""
    if training.judged.baselines:
        yield from aligned(baseline_table(training.judged.baselines))
        yield ""


def _ranges(training: Training) -> Iterator[str]:
    """How many get no score, and how the range held over time."""
    yield untold_words(training.judged.untold, len(training.answered.outcomes))
    yield from aligned(range_table(training.judged.ranges))


def _origins(training: Training) -> Iterator[str]:
    """How it did on days of the past, where that was looked at, with a blank line after."""
    if training.rolled:
        yield from aligned(rolled_table(training.rolled))
        yield ""


def _gate(result: GateResult) -> str:
    return f"gate {'holds' if result.holds else 'fails'}: {result.gate}, {result.told}"


def _next(training: Training, version: Version) -> Iterator[str]:
    if isinstance(training.spec, TableSpec):
        yield f"model of {version.model} version {version.number}: {version.bundle}"
        yield "next: look at the gates, and the audit report beside it; no desk can make its rows"
        return
    yield f"bundle of {version.model} version {version.number}: {version.bundle}"
    if all(result.holds for result in training.judged.gates):
        command = f"kizuki promote {version.model} --version {version.number}"
        yield f"next: {command} --by NAME --why REASON"
    else:
        yield "next: it cannot be promoted; see the gates, and the audit report beside the bundle"


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of text with their columns under each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
