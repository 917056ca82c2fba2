"""What is watched: the last answer of the latest version, and nothing that cannot be read."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.errors import KizukiError
from models.specs import spec_of
from serving.watch.answers import read_answers, read_reference
from serving.watch.drift import PROBABILITY
from tests.watch.small_desk import FIRST_DAY, draw_reference, draw_rows, keep_answers

SPEC = spec_of("placement_24m")
NAMES = [column.name for column in SPEC.columns]
DAY = date(2024, 4, 1)


@pytest.fixture
def rows() -> pd.DataFrame:
    return draw_rows(NAMES, 4, np.random.default_rng(1))


def test_rows_come_back_as_they_were_served(tmp_path: Path, rows: pd.DataFrame) -> None:
    rows.loc[2, [NAMES[0], PROBABILITY]] = np.nan
    keep_answers(tmp_path / "journal.db", rows, list("abcd"), [DAY] * 4)
    answers = read_answers(tmp_path / "journal.db", SPEC, None)
    pd.testing.assert_frame_equal(answers.rows, rows)
    assert answers.child_count == 4
    assert answers.left_out == dict.fromkeys(answers.left_out, 0)


def test_the_last_answer_of_the_latest_version_counts(tmp_path: Path, rows: pd.DataFrame) -> None:
    journal = tmp_path / "journal.db"
    keep_answers(journal, rows, list("abcd"), [DAY] * 4, version=2)
    keep_answers(journal, rows, list("aabb"), [DAY, DAY, DAY, date(2024, 5, 1)], version=3)
    answers = read_answers(journal, SPEC, None)
    assert answers.version == 3
    assert list(answers.children) == ["a", "b", "b"]
    np.testing.assert_array_equal(answers.rows[PROBABILITY], rows[PROBABILITY].iloc[1:])
    assert sorted(answers.left_out.values()) == [1, 4]


def test_a_column_that_is_not_in_the_row_is_missing(tmp_path: Path, rows: pd.DataFrame) -> None:
    keep_answers(tmp_path / "journal.db", rows.drop(columns=NAMES[1]), list("abcd"), [DAY] * 4)
    assert read_answers(tmp_path / "journal.db", SPEC, None).rows[NAMES[1]].isna().all()


def test_what_was_answered_before_a_day_can_be_left_out(tmp_path: Path, rows: pd.DataFrame) -> None:
    keep_answers(tmp_path / "journal.db", rows, list("abcd"), [DAY] * 4)
    assert len(read_answers(tmp_path / "journal.db", SPEC, FIRST_DAY.date()).rows) == 4
    with pytest.raises(KizukiError, match="since 2024-04-02; nothing to watch"):
        read_answers(tmp_path / "journal.db", SPEC, date(2024, 4, 2))


def test_a_journal_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="no journal"):
        read_answers(tmp_path / "nowhere.db", SPEC, None)
    (tmp_path / "text.db").write_text("not a journal " * 100)
    with pytest.raises(KizukiError, match="there is no journal to read"):
        read_answers(tmp_path / "text.db", SPEC, None)


def test_a_reference_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reference.parquet"
    with pytest.raises(KizukiError, match="not a reference that can be read"):
        read_reference(path, SPEC)
    path.write_text("not Parquet")
    with pytest.raises(KizukiError, match="not a reference that can be read"):
        read_reference(path, SPEC)
    frame = draw_reference(SPEC, 5, np.random.default_rng(1))
    frame.drop(columns=[NAMES[4], "label"]).to_parquet(path)
    with pytest.raises(KizukiError, match=f"lacks {NAMES[4]}, label; train"):
        read_reference(path, SPEC)
    frame.drop(columns="household").to_parquet(path)
    with pytest.raises(KizukiError, match="lacks household; train"):
        read_reference(path, SPEC)
    frame.iloc[:0].to_parquet(path)
    with pytest.raises(KizukiError, match="has no row"):
        read_reference(path, SPEC)
