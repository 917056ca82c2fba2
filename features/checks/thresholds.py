"""What makes a check fail besides what is impossible: one table, each limit with its reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from features.checks.faults import LINKED_TO_NOBODY, REPEATS, Fault
from features.checks.filling import Filling
from features.checks.gaps import Span
from features.checks.lateness import Lateness
from features.language.text import Text

LEAST_ROWS = 30  # of fewer rows no share is judged
TELLING = ("kind", "source", "relation")  # without these a row says next to nothing


@dataclass(frozen=True)
class Threshold:
    """A limit on a measure: its words, the value beyond which it is broken, and why that one."""

    code: str
    words: Text
    limit: float
    why: Text


UNFILLED = Threshold(
    "unfilled",
    Text("主要な欄の空欄が多い", "a field that tells what the row is about is mostly empty"),
    0.5,
    Text(
        "種類・経路・続柄のない行からは、ほとんど何も問えない。半分を超えたら抽出の誤りを疑う",
        "a row without its kind, source or relation answers next to no question; where "
        "more than half have none, suspect the extract",
    ),
)
LATE = Threshold(
    "late",
    Text("30日を超えて遅れた記録が多い", "too much is written down more than 30 days late"),
    0.25,
    Text(
        "遅れた記録は、判定の日にはまだ見えない。4分の1を超えると、直近のできごとを欠いた判定になる",
        "what is written down late is not seen on the day of a score; beyond a quarter, scores "
        "miss what matters most, the latest events",
    ),
)
REPEATED = Threshold(
    "repeated",
    Text("識別番号以外が同じ行が多い", "too many rows are identical to another but for the id"),
    0.01,
    Text(
        "同じ日に同じことが二度起こることはある。百に一つを超えたら二重の取り込みを疑う",
        "the same can happen twice on a day; beyond one row in a hundred, suspect that something "
        "was imported twice",
    ),
)
UNLINKED = Threshold(
    "unlinked",
    Text("どの児童とも関わりのない人の行が多い", "too many rows are of persons linked to no child"),
    0.05,
    Text(
        "そのような行はどの問いにも使われない。百に五つを超えたら、人の番号の食い違いを疑う",
        "no question reads such a row; beyond five in a hundred, suspect that the numbers of "
        "persons differ between tables",
    ),
)
GAP = Threshold(
    "gap",
    Text("記録の途切れた月がある", "months without any row, which chance does not explain"),
    0.01,
    Text(
        "前後一年の件数なら百の表に一つもない長さの途切れは、抽出の漏れを疑う",
        "a stretch that chance would show in fewer than one of a hundred tables, going by the "
        "years before and after it, is taken for a hole in the extract",
    ),
)
THRESHOLDS = (UNFILLED, LATE, REPEATED, UNLINKED, GAP)
_OF_NOTED = {REPEATS: REPEATED, LINKED_TO_NOBODY: UNLINKED}


@dataclass(frozen=True)
class Broken:
    """A threshold that is broken: where, and what was measured there, a share or a chance."""

    threshold: Threshold
    place: str
    measured: float


def fields_unfilled(filling: Iterable[Filling]) -> Iterator[Broken]:
    """Fields that tell what a row is about, and are not filled in too often."""
    for field in filling:
        if field.field in TELLING and _beyond(UNFILLED, field.missing, field.rows):
            yield Broken(UNFILLED, field.place, field.share)


def groups_late(lateness: Iterable[Lateness]) -> Iterator[Broken]:
    """Tables, sources and offices of which too much is written down late."""
    for group in lateness:
        if _beyond(LATE, group.late, group.rows):
            yield Broken(LATE, group.place, group.share)


def rows_noted(fault: Fault, table: str, count: int, rows: int) -> Iterator[Broken]:
    """A table in which too many of all rows have a fault that is noted."""
    if _beyond(_OF_NOTED[fault], count, rows):
        yield Broken(_OF_NOTED[fault], table, count / rows)


def months_without_rows(gaps: Iterable[Span]) -> Iterator[Broken]:
    """Stretches of months that chance does not explain; what is measured is that chance."""
    for span in gaps:
        for stretch in span.empty:
            if stretch.chance < GAP.limit:
                yield Broken(GAP, f"{span.table} {stretch.first} – {stretch.last}", stretch.chance)


def _beyond(threshold: Threshold, count: int, rows: int) -> bool:
    return rows >= LEAST_ROWS and count > threshold.limit * rows
