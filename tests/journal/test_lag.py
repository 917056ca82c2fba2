"""What is signed, on a disk of its own, may lag behind the journal for a while, and no longer."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.key_files import signing_key
from serving.journal import Journal, JournalUnavailable
from serving.journal.checkpoints import LONGEST_LAG, Checkpoints, read_checkpoints
from tests.journal.test_verify import ENTRY

SECOND = timedelta(seconds=1)


def kept(journal: Journal, after: timedelta) -> bool:
    """Whether what is dated so long after the first entry is kept."""
    try:
        journal.keep(replace(ENTRY, id=str(after), at=ENTRY.at + after))
    except JournalUnavailable:
        return False
    return True


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """The other disk, on which the checkpoints are."""
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


@pytest.fixture
def journal(disk: Path) -> Iterator[Journal]:
    """A journal whose checkpoints may lag for a second."""
    home = disk.parent
    key = signing_key(home / "journal.key")
    signed = Checkpoints(disk / "journal.checkpoints", key, longest_lag=SECOND)
    made = Journal(home / "journal.db", signed, home / "children.keys", lambda: 0.0)
    yield made
    made.close()


def test_answers_go_on_for_a_while_and_no_longer(journal: Journal, disk: Path) -> None:
    assert kept(journal, timedelta(0))
    away = disk.rename(disk.with_name("away"))
    begun = timedelta(minutes=2)  # a checkpoint is due each minute
    assert kept(journal, begun)
    assert kept(journal, begun + SECOND)
    assert not kept(journal, begun + 1.1 * SECOND)
    assert not kept(journal, begun + 2 * SECOND)
    assert journal.lag(ENTRY.at + begun + 2 * SECOND) == 2 * SECOND
    away.rename(disk)
    assert kept(journal, begun + 3 * SECOND), "the first one after the disk is back"
    assert journal.lag(ENTRY.at + begun + 3 * SECOND) == timedelta(0)


def test_what_is_refused_is_not_in_the_journal_and_the_rest_is_signed_when_it_can_be(
    journal: Journal, disk: Path
) -> None:
    assert kept(journal, timedelta(0))
    away = disk.rename(disk.with_name("away"))
    assert kept(journal, timedelta(minutes=2))
    assert not kept(journal, timedelta(minutes=3))
    away.rename(disk)
    assert kept(journal, timedelta(minutes=3))
    signed = [one.number for one in read_checkpoints(disk / "journal.checkpoints")]
    assert signed == [1, 2, 3], "the second as soon as it could be, and the third when it was due"


def test_where_nothing_could_be_signed_yet_nothing_is_waited_for(
    journal: Journal, disk: Path
) -> None:
    away = disk.rename(disk.with_name("away"))
    assert not kept(journal, timedelta(0))
    assert not kept(journal, SECOND)
    away.rename(disk)
    assert kept(journal, 2 * SECOND)


def test_four_hours_are_allowed_unless_said_otherwise(tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path / "none" / "checkpoints", signing_key(tmp_path / "key"))
    assert timedelta(seconds=14_400) == LONGEST_LAG
    with pytest.raises(OSError, match="none"):
        checkpoints.write(1, "", ENTRY.at)
    assert checkpoints.lag(ENTRY.at + timedelta(seconds=900)) == timedelta(seconds=900)
