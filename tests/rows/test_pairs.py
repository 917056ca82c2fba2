"""Which children and cutoffs are asked about, and which cannot be."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.errors import KizukiError
from features.reading import calendar_day
from features.rows.pairs import notified, read_pairs
from features.rows.source import Source
from models.specs import spec_of
from tests.small_world import read_world
from training.examples import draw_examples

WORLD = """
    notifications
      id | child | happened   | known      | withdrawn  | source
      n1 | ann   | 2020-01-01 | 2020-01-02 | 2020-06-01 | police
      n1 | ann   | 2020-01-01 | 2020-06-01 |            | school   <- a correction: nothing new
      n2 | ann   | 2020-01-02 |            |            | police   <- the same day again
      n3 | ann   | 2021-01-01 |            |            | police
      n4 | bea   | 2020-01-01 | 2020-01-05 | 2020-01-05 | police   <- never believed
      n5 | bea   | 2020-03-01 |            |            | police
"""


def source(folder: Path, world: str = WORLD) -> Source:
    CaseFile.of_events(date(2022, 1, 1), read_world(world).case_file).write(folder)
    return Source(folder)


def as_text(pairs: Iterable[dict[str, object]]) -> set[str]:
    return {f"{pair['child']} {pair['cutoff']}" for pair in pairs}


def test_without_a_file_it_is_each_child_on_each_day_of_news(tmp_path: Path) -> None:
    pairs = notified(source(tmp_path)).to_pylist()
    assert as_text(pairs) == {"ann 2020-01-02", "ann 2021-01-01", "bea 2020-03-01"}
    assert len(pairs) == 3


def test_without_notifications_pairs_have_to_be_named(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="--pairs"):
        notified(source(tmp_path, "unrecorded notifications"))


@pytest.mark.parametrize("name", ["pairs.csv", "pairs.parquet"])
def test_pairs_are_read_from_a_file(name: str, tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"why": [1, 2], "cutoff": ["2021-06-01", "2022-01-01"], "child": ["bea", "ann"]}
    )
    if name.endswith("csv"):
        frame.to_csv(tmp_path / name, index=False)
    else:
        frame["cutoff"] = pd.to_datetime(frame["cutoff"])  # as pandas keeps days
        frame.to_parquet(tmp_path / name)
    pairs = read_pairs(tmp_path / name, source(tmp_path))
    assert pairs.schema.names == ["child", "cutoff"]
    assert as_text(pairs.to_pylist()) == {"bea 2021-06-01", "ann 2022-01-01"}


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ("child,day\nann,2021-01-01", "the columns child and cutoff"),
        ("child,cutoff\nann,01/02/2021", "written 2024-04-01"),
        ("child,cutoff\nann,2021-01-01\nann,", "row 2 is not filled in"),
        ("child,cutoff\nann,2022-01-02", "row 1 lies after 2022-01-01"),
        ("child,cutoff\nann,2021-01-01\ncid,2021-01-01", "row 2 is of a child without a row"),
        ("child,cutoff\n,2021-01-01", "row 1 is of a child without a row"),
        ("child,cutoff\nann,2021-01-01\nbea,2021-01-01\nann,2021-01-01", "row 3 is there already"),
    ],
)
def test_a_pair_that_cannot_be_asked_is_refused(rows: str, word: str, tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(rows + "\n", "utf-8")
    with pytest.raises(KizukiError, match=word):
        read_pairs(file, source(tmp_path))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="none"):
        read_pairs(tmp_path / "none.parquet", source(tmp_path))


def test_every_example_that_a_model_learns_from_is_among_them(
    office: CaseFile, cases: Path
) -> None:
    examples = draw_examples(spec_of("placement_24m"), BatchTables(office))
    days = [calendar_day(day) for day in examples.cutoffs]
    learnt = {f"{child} {day}" for child, day in zip(examples.children, days, strict=True)}
    assert learnt
    assert learnt <= as_text(notified(Source(cases)).to_pylist())
