"""Rescoring gives every row the score and the shares that the desk would give it."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.engines.one_child import Answer
from features.errors import KizukiError
from features.rows.chosen import marked
from models.bundle import Bundle
from models.cannot_tell import after_scoring
from models.explain import reasons
from models.rescoring import rescore
from models.score import score_row
from models.specs import spec_of
from tests.small_model import small_bundle
from tests.typed import typed

COUNT = 50


def rows_for(bundle: Bundle, path: Path, **metadata: str) -> list[list[float | None]]:
    """A file of chance rows, and the numbers in it."""
    chance = np.random.default_rng(3)
    numbers = chance.poisson(1.0, (COUNT, len(bundle.spec.columns))).astype(float).tolist()
    holed = [[None if chance.random() < 0.1 else n for n in row] for row in numbers]
    columns = {
        "child": [f"c{i}" for i in range(COUNT)],
        "cutoff": pa.array(range(COUNT), pa.int32()).cast(pa.date32()),
        **{c.name: [row[i] for row in holed] for i, c in enumerate(bundle.spec.columns)},
    }
    said = json.dumps({"columns": marked(bundle.spec.columns), **metadata})
    pq.write_table(pa.table(columns).replace_schema_metadata({"kizuki": said}), path)
    return holed


def test_every_row_gets_what_the_desk_would_give_it(bundle: Bundle, tmp_path: Path) -> None:
    rows = rows_for(bundle, tmp_path / "rows.parquet")
    heard: list[int] = []
    rescore(bundle, tmp_path / "rows.parquet", tmp_path / "out.parquet", heard.append)
    told = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert sum(heard) == len(told) == COUNT
    for row, one in zip(rows, told, strict=True):
        answers = {
            c.name: Answer(number) for c, number in zip(bundle.spec.columns, row, strict=True)
        }
        score = score_row(bundle, answers)
        untold = after_scoring(bundle.spec, score)
        assert one["cannot_tell"] == (untold[0].code if untold else None)
        if untold:
            assert one["score"] is one["margin"] is one[bundle.spec.features[0].name] is None
            continue
        assert (one["score"], one["band"]) == (score.score, score.band.code)
        assert (one["probability"], one["low"], one["high"], one["margin"]) == (
            score.probability, score.low, score.high, score.margin,
        )  # fmt: skip
        for given in reasons(bundle.spec, answers, score.contributions):
            assert one[given.code] == pytest.approx(given.share, rel=1e-9, abs=1e-12)
    assert any(one["score"] for one in told)


def test_rows_of_other_questions_are_refused(bundle: Bundle, tmp_path: Path) -> None:
    rows_for(bundle, tmp_path / "rows.parquet", columns="of another day")
    with pytest.raises(KizukiError, match="is not made of the questions of placement_24m"):
        rescore(bundle, tmp_path / "rows.parquet", tmp_path / "out.parquet", int)
    assert not (tmp_path / "out.parquet").exists()


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle = small_bundle(tmp_path / "bundle", spec_of("placement_24m"))
    rows_for(bundle, tmp_path / "rows.parquet")
    asked = ["score-rows", str(tmp_path / "rows.parquet"), "--bundle", str(tmp_path / "bundle")]
    code, told, _ = typed(capsys, *asked, "--out", tmp_path / "out.parquet")
    assert code == 0
    assert "50 rows scored by placement_24m" in told
    (tmp_path / "rows.parquet").write_bytes(b"none")
    code, _, problem = typed(capsys, *asked, "--out", tmp_path / "again.parquet")
    assert code == 2
    assert "holds no rows that can be read" in problem
