"""Four engines by other hands answer as ours does, to the last bit.

They were written from what the questions mean, in SQL and in frames, so where they agree with our
engine it is not because they share a mistake.
"""

from pathlib import Path
from types import ModuleType

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.bench import ours, ours_in_parts
from tests.bench.columns import QUESTIONS
from tests.bench.peers import duckdb_sql, featuretools_sample, pandas_frames, polars_frames
from tests.bench.peers.answers import PLACES, Answers
from tests.bench.world import PAIRS, write_world

CHILDREN = 300


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    write_world(folder, CHILDREN)
    return folder


@pytest.fixture(scope="module")
def pairs(office: Path) -> pa.Table:
    return pq.read_table(office / PAIRS)


@pytest.fixture(scope="module")
def expected(office: Path, pairs: pa.Table) -> Answers:
    return ours.answer(ours.load(office), pairs)


def assert_same(expected: Answers, made: Answers, columns: list[str]) -> None:
    places = [PLACES[name] for name in columns]
    same = np.equal(expected, made) | (np.isnan(expected) & np.isnan(made))
    differ = [name for name, place in zip(columns, places, strict=True) if not same[:, place].all()]
    assert not differ


@pytest.mark.parametrize("peer", [duckdb_sql, polars_frames, pandas_frames])
def test_a_peer_gives_our_answers(
    peer: ModuleType, office: Path, pairs: pa.Table, expected: Answers
) -> None:
    loaded = peer.load(office)
    assert_same(expected, peer.answer(loaded, pairs), list(QUESTIONS))
    half = len(pairs) // 2
    parts = [peer.answer(loaded, part) for part in (pairs.slice(0, half), pairs.slice(half))]
    assert_same(expected, np.concatenate(parts), list(QUESTIONS))


def test_our_answers_are_the_same_in_parts(
    office: Path, expected: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ours_in_parts, "ROWS_PER_PART", 250)
    made = np.empty_like(expected)
    for places, answers in ours_in_parts.answer_in_parts(ours_in_parts.load(office)):
        made[places] = answers
    assert_same(expected, made, list(QUESTIONS))


def test_featuretools_gives_our_answers_where_it_can(
    office: Path, pairs: pa.Table, expected: Answers
) -> None:
    made = featuretools_sample.answer(featuretools_sample.load(office), pairs.slice(0, 50))
    assert_same(expected[:50], made, list(featuretools_sample.COLUMNS))


def test_the_office_puts_every_question_to_the_test(expected: Answers) -> None:
    """Each column has two answers at least: one that were always 0 would compare nothing."""
    alike = [name for name, place in PLACES.items() if len(np.unique(expected[:, place])) < 2]
    assert not alike
