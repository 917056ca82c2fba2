"""`kizuki store import`: a store begins with what a case file tells."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from features.case_file import CaseFile
from serving.settings import read_settings
from serving.store.case_event import CaseEvent
from serving.store.importing import told_by
from serving.store.migrating import open_store

AT_ONCE = 1000  # events that are kept together


def import_(
    cases: Annotated[Path, typer.Argument(metavar="CASES", help="The folder of a case file.")],
    office: Annotated[str, typer.Option(help="Whose case file it is.")],
) -> None:
    """Tell the store what is in a case file.

    No alert comes of it. It can be stopped and begun again, and told again later: what was kept
    before counts once.
    """
    case_file = CaseFile.read(cases)
    store = open_store(read_settings().store.get_secret_value())
    told = last = 0
    try:
        for events in _in_batches(told_by(case_file)):
            receipts = store.keep(office, events, datetime.now(UTC))
            told, last = told + len(receipts), max(last, *(one.number for one in receipts))
        store.take_as_looked(office)
    finally:
        store.close()
    typer.echo(f"The store has {told:,} events of {cases}; {office} has told {last:,} in all")


def _in_batches(events: Iterator[CaseEvent]) -> Iterator[Sequence[CaseEvent]]:
    while batch := list(islice(events, AT_ONCE)):
        yield batch
