"""All rows of a cohort, part by part: what was done stays done, whenever it is interrupted."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from features.errors import KizukiError
from features.language.feature import Column
from features.rows.chosen import mark, marked, same_columns
from features.rows.durable import write_whole
from features.rows.part import answer_part, fill_gaps, open_parts, part_name, schema_of, spread
from features.rows.plan import Plan
from features.rows.source import Source

Work = Callable[[int], int]
MANIFEST = "manifest.json"
MADE_OF = b"kizuki"  # where a file of rows keeps its manifest


class Engine(Protocol):
    """What spreads the rows of a case file over its parts, and has each part answered."""

    def spread(self, source: Source, plan: Plan, folder: Path) -> None:
        """Write the rows of each part; a table of which it needs none can be left out."""

    def answer(self, work: Work, parts: Sequence[int]) -> Iterator[int]:
        """Have the work done on each of the parts, yielding how many rows each came to."""


class ThisMachine:
    """One part after another, in this process."""

    def spread(self, source: Source, plan: Plan, folder: Path) -> None:
        """One slice of one table is in memory at a time."""
        spread(source, plan, folder)

    def answer(self, work: Work, parts: Sequence[int]) -> Iterator[int]:
        """One part is in memory at a time."""
        return map(work, parts)


@dataclass(frozen=True)
class Manifest:
    """What the rows are made of: while it is the same, parts that are done can be kept."""

    columns: str
    case_file: str
    pairs: str
    rows_per_part: int

    @classmethod
    def of(cls, source: Source, columns: Sequence[Column], plan: Plan) -> "Manifest":
        """The manifest of rows that are still to be made."""
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, plan.pairs.schema) as stream:
            stream.write_table(plan.pairs.combine_chunks())
        return cls(marked(columns), source.digest(), _hash(sink.getvalue()), plan.rows_per_part)

    def keep(self, folder: Path) -> None:
        """Write it into a folder, or raise KizukiError where another one was begun there."""
        path = folder / MANIFEST
        if not path.is_file():
            text = json.dumps(asdict(self), indent=1) + "\n"
            return write_whole(path, lambda unfinished: unfinished.write_text(text, "utf-8"))
        begun = json.loads(path.read_text("utf-8"))
        other = [name.replace("_", " ") for name, is_ in asdict(self).items() if begun[name] != is_]
        if other:
            raise KizukiError(
                f"{folder} was begun with other {', '.join(other)}: go on as it was begun, or "
                "remove the folder to begin anew"
            )
        return None


def make_rows(
    source: Source, columns: Sequence[Column], plan: Plan, out: Path, engine: Engine
) -> Iterator[int]:
    """Make the file `out`, yielding the rows that each part comes to, those done before first.

    The work is kept in a folder beside the file until the file is there, whole. Raises KizukiError
    where another process is at it, or it was begun with something else.
    """
    folder = out.with_name(f"{out.name}.parts")
    with _alone(folder):
        manifest = Manifest.of(source, columns, plan)
        manifest.keep(folder)
        cases, rows = folder / "cases", folder / "rows"
        if not cases.exists():
            _spread(source, plan, cases, engine)
        todo = [part for part in plan.parts if not _file(rows, part).exists()]
        done = set(plan.parts) - set(todo)
        yield from (_count(_file(rows, part)) for part in sorted(done))
        yield from engine.answer(partial(_work, cases, rows, list(map(mark, columns))), todo)
        _join([_file(rows, part) for part in plan.parts], columns, manifest, out)
        shutil.rmtree(folder)


def _spread(source: Source, plan: Plan, cases: Path, engine: Engine) -> None:
    unfinished = cases.with_name("cases.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    open_parts(source, plan, unfinished)
    engine.spread(source, plan, unfinished)
    fill_gaps(source, plan, unfinished)
    os.sync()  # once, not for each of the many files
    unfinished.replace(cases)


def _work(cases: Path, rows: Path, marks: Sequence[str], part: int) -> int:
    """Answer a part, wherever this is run; the columns are found there, or refused."""
    answer_part(cases / part_name(part), same_columns(marks), _file(rows, part))
    return _count(_file(rows, part))


def _join(parts: Sequence[Path], columns: Sequence[Column], manifest: Manifest, out: Path) -> None:
    schema = schema_of(columns).with_metadata({MADE_OF: json.dumps(asdict(manifest))})

    def write(unfinished: Path) -> None:
        with pq.ParquetWriter(unfinished, schema) as writer:
            for part in parts:
                writer.write_table(pq.read_table(part).replace_schema_metadata(schema.metadata))

    write_whole(out, write)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise KizukiError(f"another process is at work in {folder}") from None
        yield


def _file(rows: Path, part: int) -> Path:
    return rows / f"{part_name(part)}.parquet"


def _count(file: Path) -> int:
    rows: int = pq.read_metadata(file).num_rows
    return rows


def _hash(content: bytes | pa.Buffer) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
