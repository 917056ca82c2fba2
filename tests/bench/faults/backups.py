"""A journal of many answers: copied while it is written, put back, verified; a child erased."""

import json
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from serving.backups.back_up import back_up
from serving.backups.restore import restore
from serving.erasing.erase import Order, Records, erase
from serving.jobs.table import Jobs
from serving.journal import Entry, Journal, records
from serving.settings import Settings
from serving.store.migrating import open_store
from serving.who.asker import NOBODY
from tests.bench.faults.crashes import faults_of
from tests.bench.faults.finding import Finding, at_most, none_of, seconds_of
from tests.serving.desks import MODEL, NOW, journal_at

EACH = 10  # answers about a child
ROW = {f"column_{number}": float(number) for number in range(200)}
ENTRY = Entry(
    id="0", at=NOW, kind="score", model=MODEL, version=3, digest="d", lock="l", request="r",
    asked=json.dumps({"office": "o", "caseFile": ["x" * 40] * 50}).encode(), child="c",
    cutoff=date(2024, 6, 3), row=ROW, probability=0.3, score=14, band="middle",
    answer=json.dumps({"words": ["y" * 40] * 50}).encode(), page=None,
)  # fmt: skip


def backups(home: Path, many: int) -> list[Finding]:
    """So many answers, about a tenth as many children."""
    settings = Settings(home=home)
    store = open_store(settings.store.get_secret_value())
    store.close()
    with closing(journal_at(settings.journal)) as journal:
        journal._writer.execute("PRAGMA synchronous = OFF")  # only while it is filled
        journal.keys._file.execute("PRAGMA synchronous = OFF")
        _fill(journal, many)
        journal._writer.execute("PRAGMA synchronous = FULL")
        backed_up = _while_it_is_written(journal, lambda: _back_up(settings, home))
        erased = _erase_one(journal, settings)
    new = Settings(home=home / "new")
    restored = seconds_of(lambda: restore(new, home / "backup", home / "keys"))
    verified = seconds_of(lambda: faults_of(home / "new"))
    pairs = zip(records(new.journal), records(settings.journal), strict=False)
    differ, count = 0, 0
    for count, (back, was) in enumerate(pairs, 1):  # noqa: B007  # counted
        differ += back != was
    told = f"of {many:,} records"
    share = many / 1_000_000
    return [
        at_most(f"backup {told}, while it is written", 300, backed_up, "s"),
        at_most(f"restore {told}, with verification", max(30, 600 * share), restored, "s"),
        none_of("records that differ after it", differ + (count < many), count),
        at_most(f"verification {told}", max(5, 60 * share), verified, "s"),
        at_most("erasure of a child", 60, erased, "s"),
    ]


def _fill(journal: Journal, many: int) -> None:
    for number in range(many):
        at = NOW + timedelta(seconds=number)
        journal.keep(replace(ENTRY, id=f"a{number}", child=f"c{number // EACH}", at=at))


def _back_up(settings: Settings, home: Path) -> None:
    back_up(settings, home / "backup", home / "keys")


def _while_it_is_written(journal: Journal, work: Callable[[], object]) -> float:
    over = threading.Event()

    def write_on() -> None:
        number = 0
        while not over.is_set():
            journal.keep(replace(ENTRY, id=f"b{number}"))
            number += 1
            time.sleep(1 / 40)

    writing = threading.Thread(target=write_on)
    writing.start()
    took = seconds_of(work)
    over.set()
    writing.join()
    return took


def _erase_one(journal: Journal, settings: Settings) -> float:
    with closing(Jobs(settings.jobs)) as jobs:
        of = Records(journal, jobs, settings.store.get_secret_value())
        return seconds_of(lambda: erase(of, Order("o", "c1", NOBODY, "asked", "e", NOW)))
