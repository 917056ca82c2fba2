"""A ready-made table is trained, calibrated, judged and audited as our own rows are."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.errors import KizukiError
from features.language.text import LANGUAGES
from tests.training.test_audit import PARTS
from tests.typed import typed
from training.audit.leaning import leanings
from training.audit.page import page_of
from training.audit.pictures import PICTURES
from training.audit.words import WORDS
from training.fit import fit_trees, grow_trees, margins_of
from training.own_table.table import Roles, read_table
from training.own_table.train import _sliced, slices_of, train_table
from training.rows_on_disk import AT_ONCE, RowsOnDisk
from training.slices import Taught
from training.splits import SLICES, TEST

ROLES = Roles("harmed", "child", ("town", "sex"), time="day", left_out=("note",))
OPTIONS = ("--label", "harmed", "--entity", "child", "--groups", "town, sex", "--time", "day",
           "--without", "note")  # fmt: skip


def small_table(rows: int = 3000, seed: int = 1) -> pd.DataFrame:
    """Children with one to five rows each, of whom the first two numbers tell the most."""
    chance = np.random.default_rng(seed)
    numbers = {f"n{i}": chance.poisson(2.0, rows).astype(float) for i in range(6)}
    numbers["n5"][chance.random(rows) < 0.2] = np.nan
    odds = numbers["n0"] - numbers["n1"] - 1
    return pd.DataFrame(
        {
            "child": [f"c{place // 3}" for place in range(rows)],
            "day": pd.Timestamp("2015-04-01")
            + pd.to_timedelta(chance.integers(0, 3000, rows), "D"),
            "harmed": (chance.random(rows) < 1 / (1 + np.exp(-odds))).astype(int),
            "town": chance.choice(["north", "south"], rows),
            "sex": chance.choice(["female", "male", None], rows, p=[0.5, 0.4, 0.1]),
            "note": "free text",
            **numbers,
        }
    )


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "rows.parquet"
    small_table().to_parquet(path, row_group_size=700)
    return path


@pytest.fixture(scope="module")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "rows.csv"
    small_table().assign(day=lambda t: t["day"].dt.date).to_csv(path, index=False)
    return path


def test_it_is_reported_and_put_on_record(
    csv: Path, empty_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIZUKI_HOME", str(empty_home))
    code, told, problem = typed(capsys, "train", "--rows", str(csv), *OPTIONS)
    assert code == 0, problem
    for words in (
        "Training on 3000 rows by 6 columns",
        "calibrate  20",  # and the day that it begins on
        "AUROC",
        "calibration slope (1 is right)",
        "town   north",
        "sex    not known",
        "gate holds: calibration_slope",
        "auroc_over_baselines >= -0.01, measured ",
        "gate holds: abstention_rate <= 0.1, measured ",
        "logistic regression  0.",
        "false_negative_rate_gap by town <= 0.2, ",
        f"model of table-rows version 1: {empty_home}",
        "no desk can make its rows",
    ):
        assert words in told
    kept = next((empty_home / "artifacts").rglob("model.txt")).parents[1]
    assert {path.name for path in kept.iterdir()} == {
        "audit.en.html", "audit.ja.html", "bundle", "groups.csv", "plots", "spec.json",
    }  # fmt: skip
    code, _, problem = typed(capsys, "promote", "table-rows", "--version", "1", "--by", "A",
                           "--why", "no")  # fmt: skip
    assert (code, "no model is called 'table-rows'" in problem) == (2, True)


@pytest.mark.parametrize("timed", [True, False])
def test_its_report_is_that_of_our_own_models(timed: bool, parquet: Path, tmp_path: Path) -> None:
    roles = ROLES if timed else Roles("harmed", "child", ("town",), left_out=("note", "sex", "day"))
    training = train_table(read_table(parquet, roles, tmp_path))
    for language in LANGUAGES:
        page, told = page_of(training, language), {n: w.read(language) for n, w in WORDS.items()}
        places = [page.find(f">{told[part]}</h") for part in PARTS if timed or part != "pairs"]
        assert -1 not in places
        assert places == sorted(places)
        assert told["limits_about_table"] in page
        assert page.count("data:image/svg+xml") == len(PICTURES)
    english = page_of(training, "en")
    assert "the column harmed of the table" in english
    assert "<code>n0</code>" in english  # of which the trees make the most
    assert "Features that are dropped</strong></td><td>note" in english
    assert "<td>town</td><td>north</td>" in english


def test_a_feature_that_stands_for_a_group_is_told_of_a_table_too(tmp_path: Path) -> None:
    frame = small_table()
    frame["n0"] += 3 * (frame["town"] == "north")
    frame.to_parquet(tmp_path / "rows.parquet")
    training = train_table(read_table(tmp_path / "rows.parquet", ROLES, tmp_path))
    (proxy,) = [one.proxy for one in leanings(training) if one.name == "n0"]
    assert proxy is not None
    assert (proxy.field, proxy.auroc > 0.8) == ("town", True)


def test_csv_and_parquet_are_the_same_table(csv: Path, parquet: Path, tmp_path: Path) -> None:
    one, other = (read_table(path, ROLES, tmp_path) for path in (csv, parquet))
    np.testing.assert_array_equal(np.asarray(one.rows), np.asarray(other.rows))
    np.testing.assert_array_equal(one.outcomes, other.outcomes)
    np.testing.assert_array_equal(one.days, other.days)  # type: ignore[arg-type]
    assert one.groups["sex"].tolist() == other.groups["sex"].tolist()
    assert set(one.groups["sex"]) == {"female", "male", "not known"}
    assert [column.name for column in one.spec.columns] == [f"n{i}" for i in range(6)]


def test_trees_grown_from_disk_are_those_grown_in_memory(parquet: Path, tmp_path: Path) -> None:
    table = read_table(parquet, ROLES, tmp_path)
    half = np.arange(len(table.outcomes)) % 2 == 0
    fit, stop = table.rows[half], table.rows[~half]
    grown = [
        fit_trees(
            table.spec,
            Taught(of(fit), table.outcomes[half]),
            Taught(of(stop), table.outcomes[~half]),
        )
        for of in (lambda rows: rows, np.asarray)
    ]
    assert grown[0].num_trees() > 5
    assert grown[0].model_to_string() == grown[1].model_to_string()
    margins = [margins_of(grown[0], rows) for rows in (stop, np.asarray(stop))]
    np.testing.assert_array_equal(*margins)
    more = [grow_trees(table.spec, Taught(of(fit), table.outcomes[half]), 9).model_to_string()
            for of in (lambda rows: rows, np.asarray)]  # fmt: skip
    assert more[0] == more[1]


def test_rows_on_disk_are_read_as_a_matrix_is(tmp_path: Path) -> None:
    chance = np.random.default_rng(3)
    frame = pd.DataFrame(chance.normal(size=(1000, 3)), columns=["a", "b", "c"])
    frame.loc[chance.random(1000) < 0.1, "b"] = np.nan
    frame["whole"] = np.arange(1000)
    frame.to_parquet(tmp_path / "rows.parquet", row_group_size=300)
    matrix = frame[["b", "whole"]].to_numpy(float)
    rows = RowsOnDisk(tmp_path / "rows.parquet", ["b", "whole"])
    mask = chance.random(1000) < 0.3
    chosen = rows[mask]
    assert (len(rows), len(chosen)) == (1000, mask.sum())
    np.testing.assert_array_equal(np.asarray(rows), matrix)
    np.testing.assert_array_equal(rows[290:310], matrix[290:310])
    np.testing.assert_array_equal(chosen[5], matrix[mask][5])
    np.testing.assert_array_equal(chosen[[3, 200]], matrix[mask][[3, 200]])
    np.testing.assert_array_equal(np.concatenate(list(chosen.batches())), matrix[mask])
    assert AT_ONCE > 1000


@pytest.mark.parametrize("timed", [True, False])
def test_slices_are_in_time_or_of_whole_entities(
    timed: bool, parquet: Path, tmp_path: Path
) -> None:
    roles = ROLES if timed else Roles("harmed", "child", ("town",), left_out=("note", "sex", "day"))
    table = read_table(parquet, roles, tmp_path)
    sliced = _sliced(table)
    slices = slices_of(table, sliced)
    assert sum(len(part.examples) for part in slices.by_name.values()) == 3000
    for name in SLICES:
        part = slices.by_name[name]
        np.testing.assert_array_equal(part.outcomes, table.outcomes[sliced.places(name)])
        np.testing.assert_array_equal(
            np.asarray(part.rows), np.asarray(table.rows)[sliced.places(name)]
        )
    if timed:
        days = [slices.by_name[name].examples.cutoffs for name in SLICES]
        assert all(a.max() <= b.min() for a, b in pairwise(days))
        assert slices.by_name[TEST].about[0] > "2015-04-01"
    else:
        members = [set(slices.by_name[name].examples.children) for name in SLICES]
        assert sum(map(len, members)) == len(set.union(*members)) == 1000
        assert slices.by_name[TEST].about[:2] == ("", "")


FEATURES = [f"n{i}" for i in range(6)]
WRONG = {
    "no label": (lambda t: t.drop(columns="harmed"), "has no column harmed; it has: child, day"),
    "no group": (lambda t: t.drop(columns="sex"), "has no column sex; it has: "),
    "no positive": (lambda t: t.assign(harmed=0), "no row has the outcome harmed"),
    "no negative": (lambda t: t.assign(harmed=1), "no row is without the outcome harmed"),
    "a label that is neither": (
        lambda t: t.assign(harmed=t["harmed"].replace(1, 7)), "harmed must be 0 or 1: ",
    ),
    "a label in words": (lambda t: t.assign(harmed="yes"), "harmed must be 0 or 1, and holds no"),
    "a label with gaps": (
        lambda t: t.assign(harmed=t["harmed"].where(t["n0"] > 0)), "harmed must be 0 or 1: ",
    ),
    "words to learn from": (lambda t: t.assign(n3="x", n4="y"), "n3, n4 are no numbers:"),
    "days to learn from": (lambda t: t.assign(n3=t["day"]), "n3 is no numbers: write categories"),
    "rows of nobody": (lambda t: t.assign(child=t["child"].where(t["n0"] > 0)), "no entity in"),
    "a time in words": (lambda t: t.assign(day="spring"), "the time day must hold days, such as"),
    "rows without a day": (lambda t: t.assign(day=t["day"].where(t["n0"] > 0)), "no day in day"),
    "groups that are none": (lambda t: t.assign(sex=range(len(t))), "sex has 3000 values"),
    "a name with a blank": (lambda t: t.rename(columns={"n3": "n 3"}), "rename n 3: no blank"),
    "nothing to learn from": (lambda t: t.drop(columns=FEATURES), "no column is left"),
    "too few rows": (lambda t: t.iloc[:90], "table-rows: the fit slice has"),
}  # fmt: skip


@pytest.mark.parametrize("way", WRONG)
def test_what_is_wrong_is_one_line(
    way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change, words = WRONG[way]
    path = tmp_path / "rows.parquet"
    change(small_table()).to_parquet(path)
    monkeypatch.setenv("KIZUKI_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("training.commands.Registry", lambda _: None)
    code, _, problem = typed(capsys, "train", "--rows", str(path), *OPTIONS)
    assert code == 2
    assert words in problem
    assert problem.count("\n") == 1


def test_a_group_column_cannot_be_taken_for_a_pair(tmp_path: Path) -> None:
    small_table().rename(columns={"town": "town+"}).to_parquet(tmp_path / "rows.parquet")
    with pytest.raises(KizukiError, match=r"rename town\+: no \+ in the name of a group column"):
        read_table(tmp_path / "rows.parquet", replace(ROLES, groups=("town+", "sex")), tmp_path)


@pytest.mark.parametrize(
    ("name", "content"), [("none.csv", None), ("rows.parquet", b"no parquet"), ("rows.csv", b"")]
)
def test_a_file_that_cannot_be_read_is_one_line(
    name: str, content: bytes | None, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(KizukiError, match=rf"{name}: cannot be read as CSV or Parquet: "):
        read_table(tmp_path / name, ROLES, tmp_path)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("placement_24m",),
        ("placement_24m", "--cases", "x", "--label", "y"),
        ("placement_24m", "--rows", "x", "--label", "y", "--entity", "z", "--groups", "g"),
        ("--rows", "x", "--label", "y"),
        ("--rows", "x", "--label", "y", "--entity", "z", "--groups", "g", "--origins"),
    ],
)
def test_what_to_train_is_said_once(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, problem = typed(capsys, "train", *arguments)
    assert code == 2
    assert problem.count("\n") == 1
