"""Whatever is done to the journal by whoever can write its file is found."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from features.errors import KizukiError
from models.key_files import public_half, public_key, signing_key
from serving.journal import Entry, records
from serving.journal.chain import START, link
from serving.journal.checkpoints import Checkpoint, Checkpoints, read_checkpoints
from serving.journal.verify import Verdict, verify
from serving.who.asker import NOBODY
from tests.serving.desks import journal_at

ENTRY = Entry(
    id="0", at=datetime(2024, 7, 1, 9, 30, tzinfo=UTC), kind="score", model="m", version=3,
    digest="d", lock="l", request="r", asked=b'{"child":"c"}', child="c", cutoff=date(2024, 6, 3),
    row={"x": 0.1, "y": None}, probability=0.3, score=14, band="middle", answer=b'{"a":1}',
    page=None, reason="x",
    asker=replace(NOBODY, office="north", through="s", policies=("rule",), request="r"),
)  # fmt: skip
COUNT = 40
TEXTS = ("id", "at", "kind", "model", "digest", "lock", "child", "link", "person",
         "roles", "purpose", "policies")  # fmt: skip

Change = Callable[[sqlite3.Connection, Random], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of forty answers, five minutes apart: each is signed for."""
    path = tmp_path_factory.mktemp("whole") / "journal.db"
    minutes = [0]
    journal = journal_at(path, lambda: 60.0 * minutes[0])
    for number in range(COUNT):
        minutes[0] = 5 * number
        at = ENTRY.at + timedelta(minutes=5 * number)
        journal.keep(replace(ENTRY, id=sha256(b"%d" % number).hexdigest(), at=at))
    journal.close()
    return path


@pytest.fixture
def kept(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to meddle with."""
    shutil.copytree(whole.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / whole.name


def verdict_on(path: Path) -> Verdict:
    key = public_key(public_half(path.with_name("journal.key")))
    return verify(path, list(read_checkpoints(path.with_name("journal.checkpoints"))), key)


def test_a_journal_that_nobody_touched_is_whole(kept: Path) -> None:
    assert verdict_on(kept) == Verdict(COUNT, COUNT, COUNT, ())


def meddle(path: Path, change: Change, seed: int) -> None:
    """Do something to the file as one who knows SQLite would."""
    with sqlite3.connect(path) as file:
        for refused in ("update", "delete", "replace"):
            file.execute(f"DROP TRIGGER answers_no_{refused}")
        change(file, Random(seed))  # noqa: S311
    file.close()


def flip(file: sqlite3.Connection, chance: Random) -> None:
    column, number = chance.choice((*TEXTS, "content")), chance.randint(1, COUNT)
    (value,) = file.execute(f"SELECT {column} FROM answers WHERE number = ?", [number]).fetchone()
    said = bytearray(value if isinstance(value, bytes) else value.encode())
    said[chance.randrange(len(said))] ^= 1 << chance.randrange(7)
    other = bytes(said) if isinstance(value, bytes) else said.decode()
    file.execute(f"UPDATE answers SET {column} = ? WHERE number = ?", [other, number])


def renumber(file: sqlite3.Connection, chance: Random) -> None:
    number = chance.randint(1, COUNT)
    file.execute("UPDATE answers SET version = version + 1 WHERE number = ?", [number])


def forget(file: sqlite3.Connection, chance: Random) -> None:
    column, number = chance.choice(("reason", "through", "office")), chance.randint(1, COUNT)
    file.execute(f"UPDATE answers SET {column} = NULL WHERE number = ?", [number])


def take_out(file: sqlite3.Connection, chance: Random) -> None:
    file.execute("DELETE FROM answers WHERE number = ?", [chance.randint(1, COUNT)])


def close_the_gap(file: sqlite3.Connection, chance: Random) -> None:
    number = chance.randint(1, COUNT - 1)
    file.execute("DELETE FROM answers WHERE number = ?", [number])
    file.execute("UPDATE answers SET number = number - 1 WHERE number > ?", [number])


def swap(file: sqlite3.Connection, chance: Random) -> None:
    one, other = chance.sample(range(1, COUNT + 1), 2)
    for before, after in ((one, 0), (other, one), (0, other)):
        file.execute("UPDATE answers SET number = ? WHERE number = ?", [after, before])


def cut(file: sqlite3.Connection, chance: Random) -> None:
    file.execute("DELETE FROM answers WHERE number > ?", [chance.randint(0, COUNT - 1)])


def put_in(file: sqlite3.Connection, chance: Random) -> None:
    names = ", ".join(name for _, name, *_ in file.execute("PRAGMA table_info(answers)"))
    copied = names.replace("number", "100", 1).replace(", id", ", 'new'", 1)
    number = chance.randint(1, COUNT)
    file.execute(
        f"INSERT INTO answers ({names}) SELECT {copied} FROM answers WHERE number={number}"
    )


def make_the_chain_anew(file: sqlite3.Connection, chance: Random) -> None:
    """As one would who can do everything but sign."""
    file.execute("UPDATE answers SET version = 1 WHERE number = ?", [chance.randint(1, COUNT)])
    before = START
    names = [name for _, name, *_ in file.execute("PRAGMA table_info(answers)")][:-1]
    for number, *values in file.execute(f"SELECT {', '.join(names)} FROM answers").fetchall():
        before = link(before, number, values)
        file.execute("UPDATE answers SET link = ? WHERE number = ?", [before, number])


MEDDLING = [
    flip, renumber, forget, take_out, close_the_gap, swap, cut, put_in, make_the_chain_anew,
]  # fmt: skip


TIMES = {flip: 100}  # of the others 20; where there is time for it, ten times as often


@pytest.mark.parametrize("change", MEDDLING, ids=lambda change: change.__name__)
def test_whatever_was_done_to_it_is_found(change: Change, whole: Path, tmp_path: Path) -> None:
    times = TIMES.get(change, 20) * (10 if "KIZUKI_SLOW" in os.environ else 1)
    for seed in range(times):
        shutil.copytree(whole.parent, tmp_path, dirs_exist_ok=True)
        meddle(tmp_path / whole.name, change, seed)
        assert verdict_on(tmp_path / whole.name).faults, f"seed {seed}"


def test_where_it_was_changed_is_told(kept: Path) -> None:
    meddle(kept, lambda file, _: file.execute("UPDATE answers SET version=4 WHERE number=17"), 0)
    assert verdict_on(kept).faults == ("record 17 is not what was linked to the one before it",)


def test_how_much_was_cut_is_told(kept: Path) -> None:
    meddle(kept, lambda file, _: file.execute("DELETE FROM answers WHERE number > 38"), 0)
    assert verdict_on(kept).faults == (
        "the journal ends at record 38, and record 39 was signed",
        "the journal ends at record 38, and record 40 was signed",
    )


def test_a_checkpoint_of_another_key_vouches_for_nothing(kept: Path, tmp_path: Path) -> None:
    (*_, last) = records(kept)
    other = Checkpoints(tmp_path / "other", signing_key(tmp_path / "other.key"))
    other.write(COUNT, last.link, ENTRY.at)
    key = public_key(public_half(kept.with_name("journal.key")))
    found = verify(kept, list(read_checkpoints(tmp_path / "other")), key)
    told = f"the checkpoint of record {COUNT} was not signed with this key"
    assert (found.signed, found.faults) == (0, (told,))


@pytest.mark.parametrize(
    "changed", [{"number": 39}, {"link": START}, {"at": ""}, {"signature": "x"}]
)
def test_a_checkpoint_cannot_be_changed(changed: dict[str, object], kept: Path) -> None:
    key = public_key(public_half(kept.with_name("journal.key")))
    (*_, last) = read_checkpoints(kept.with_name("journal.checkpoints"))
    assert last.holds(key)
    assert not Checkpoint(**{**vars(last), **changed}).holds(key)


def test_answers_in_quick_succession_share_a_checkpoint_and_the_last_is_signed(
    tmp_path: Path,
) -> None:
    path = tmp_path / "journal.db"
    journal = journal_at(path)
    for number in range(COUNT):
        journal.keep(replace(ENTRY, id=f"a{number}", at=ENTRY.at + timedelta(seconds=number)))
    assert verdict_on(path) == Verdict(COUNT, 1, 1, ())
    journal.close()
    assert verdict_on(path) == Verdict(COUNT, 2, COUNT, ())


def test_a_checkpoint_that_was_cut_off_is_none_and_the_next_one_is_whole(kept: Path) -> None:
    checkpoints = kept.with_name("journal.checkpoints")
    with checkpoints.open("ab") as file:
        file.write(b'{"number": 41, "link": "0')  # the disk was full
    assert verdict_on(kept) == Verdict(COUNT, COUNT, COUNT, ())
    journal = journal_at(kept)
    journal.keep(replace(ENTRY, id="next", at=ENTRY.at + timedelta(minutes=5 * COUNT)))
    journal.close()
    assert verdict_on(kept) == Verdict(COUNT + 1, COUNT + 1, COUNT + 1, ())


def test_a_clock_that_goes_back_is_signed_at_once(tmp_path: Path) -> None:
    journal = journal_at(tmp_path / "journal.db")
    journal.keep(ENTRY)
    journal.keep(replace(ENTRY, id="1", at=ENTRY.at - timedelta(hours=1)))
    assert verdict_on(tmp_path / "journal.db").signed == 2
    journal.close()


def test_two_processes_write_one_chain(kept: Path) -> None:
    one, other = journal_at(kept), journal_at(kept)
    for number in range(6):
        (one, other)[number % 2].keep(replace(ENTRY, id=f"b{number}"))
    one.close()
    other.close()
    assert verdict_on(kept).faults == ()
    assert verdict_on(kept).records == COUNT + 6


def test_a_key_is_made_for_its_owner_alone_and_used_again(tmp_path: Path) -> None:
    path = tmp_path / "journal.key"
    made = signing_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert signing_key(path).private_bytes_raw() == made.private_bytes_raw()


def test_what_is_no_key_or_no_checkpoint_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "file"
    broken.write_text("{}\n")
    with pytest.raises(KizukiError, match="file: cannot be used as a key"):
        signing_key(broken)
    with pytest.raises(KizukiError, match="file: there is no public key to read"):
        public_key(broken)
    with pytest.raises(KizukiError, match="file: line 1 is no checkpoint"):
        list(read_checkpoints(broken))
    with pytest.raises(KizukiError, match="none: there are no checkpoints to read"):
        list(read_checkpoints(tmp_path / "none"))
