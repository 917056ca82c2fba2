"""How long an answer of the desk takes, part by part, for children with about 40 rows on file.

`python -m tests.bench.one_answer HOME`, with the state folder of promoted models, prints medians in
milliseconds: on the clock, and on the processor, which a busy machine does not lengthen. The parts
are the calls that the desk makes; `tests.bench.one_child` tells more of the row alone.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time
from typing import Any
from uuid import uuid4

import typer

from features.case_file import CaseFile
from features.commands import request_for
from features.engines.checked_row import checked_row
from features.reading import day_number
from features.town.town import make_town
from models.cannot_tell import before_scoring
from models.explain import missing, reasons
from models.red_flags import red_flags
from models.score import score_row
from serving.advice import Advice, Written, entry_of
from serving.champions import read_champions
from serving.desk import Desk
from serving.endpoints.score import Request, score, write
from serving.journal import Journal
from serving.question import read_question
from serving.shape import read_shape
from serving.strict_json import canonical, parse
from tests.serving.desks import journal_at

ROWS = range(36, 45)  # about 40 rows around the child, of all tables but the names
CHILDREN, AGAIN = 30, 40


def main(home: Path) -> None:
    """Print the medians, and how much was asked about."""
    case_file = make_town(1500, 8, 7, "jp").case_file
    asked = list(islice(_requests(case_file), CHILDREN))
    rows = median(sum(map(len, request["caseFile"].values())) for request in asked)
    typer.echo(f"{len(asked)} children with {rows:g} rows each at the median")
    typer.echo("  clock, processor: milliseconds at the median")
    _time_desk(asked, home)


def _requests(case_file: CaseFile) -> Iterator[dict[str, Any]]:
    """Children with about 40 rows, asked about on the day of their newest notification."""
    newest = case_file.tables["notifications"].groupby("child")["known"].max()
    for child, day in newest.items():
        request: dict[str, Any] = request_for(case_file, str(child), day.date())
        if sum(map(len, request["caseFile"].values())) in ROWS:
            yield request


def _time_desk(asked: Sequence[dict[str, Any]], home: Path) -> None:
    """A desk's whole answer, from the bytes of a request to those of the answer, and its parts."""
    champions = read_champions(home)
    with (
        TemporaryDirectory() as folder,
        closing(journal_at(Path(folder) / "journal.db")) as journal,
    ):
        desk = Desk(champions, min(champions), "en", journal, _now, lambda: str(uuid4()))
        bodies = [canonical({**request, "model": desk.model}) for request in asked]
        _tell("bytes of a request to an answer in the journal", partial(_answer, desk), bodies)
        _tell("  of it, reading strict JSON", parse, bodies)
        shapes = [read_shape(Request, parse(body)) for body in bodies]
        _tell("  the question and its hash", lambda shape: shape.question(desk), shapes)
        questions = [shape.question(desk) for shape in shapes]
        _tell("  the rows read", lambda question: read_question(question, _now().date()), questions)
        _tell("  everything advised, the rows read included", desk.advise, questions)
        advised = [desk.advise(question) for question in questions]
        _tell_advice(advised)
        _tell("  the answer in words", write, advised)
        written = [write(advice) for advice in advised]
        _tell(
            "  the journal", lambda made: _keep(journal, *made), zip(advised, written, strict=True)
        )


def _tell_advice(advised: Sequence[Advice]) -> None:
    """The rooms that a desk asks for its advice, one by one."""
    bundle, told = advised[0].champion.bundle, [advice for advice in advised if advice.score]
    spec = bundle.spec

    def day(advice: Advice) -> int:
        return day_number(advice.question.cutoff)

    _tell("    the row", lambda a: checked_row(spec.columns, a.history, day(a)), advised)
    _tell("    may it be told", lambda a: before_scoring(bundle, a.history, day(a), a.row), advised)
    _tell("    the score and contributions", lambda a: score_row(bundle, a.row), advised)
    _tell("    red flags", lambda a: red_flags(a.history, day(a)), advised)
    _tell("    what is missing", lambda a: missing(spec, a.row), advised)
    _tell("    reasons", lambda a: reasons(spec, a.row, a.score.contributions), told)


def _answer(desk: Desk, body: bytes) -> bytes:
    return score(desk, read_shape(Request, parse(body)))


def _keep(journal: Journal, advice: Advice, written: Written) -> None:
    journal.keep(entry_of(replace(advice, id=str(uuid4())), written))


def _now() -> datetime:
    return datetime.now(UTC)


def _tell(what: str, call: Callable[[Any], object], given: Iterable[Any]) -> None:
    """Print the median of the calls, each made many times: on the clock, and on the processor."""
    took, computed = [], []
    for one in list(given):
        call(one)
        for _ in range(AGAIN):
            began, idle = perf_counter(), thread_time()
            call(one)
            took.append(perf_counter() - began)
            computed.append(thread_time() - idle)
    typer.echo(f"{1000 * median(took):8.3f} {1000 * median(computed):8.3f}  {what}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
