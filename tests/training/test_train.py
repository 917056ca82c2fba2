"""What was trained is what is served, and knew only what could be known on its day."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from mlflow import MlflowClient

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from features.engines.one_child import answer_row
from features.errors import KizukiError
from features.histories import history_of
from features.reading import calendar_day, day_number
from models.bundle import read_bundle
from models.score import score_row
from models.spec import ModelSpec
from tests.training.small_office import AS_OF, small_office
from training.audit.page import write_audit
from training.examples import read_labels, read_rows
from training.fit import margins_of
from training.record import LOOKED, REFERENCE, Training, data_hash, reference, write_files
from training.registry import BUNDLE, Registry
from training.slices import Slices, fill_slices
from training.splits import CALIBRATE, FIT, SLICES, STOP, TEST
from training.train import keep_training, train_model

AT = datetime(2024, 4, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(training: Training, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("training")
    write_files(training, made)
    write_audit(training, made)
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_case_file_gives_the_same_bytes(
    spec: ModelSpec, office: CaseFile, folder: Path, tmp_path: Path
) -> None:
    again = train_model(spec, office)
    write_files(again, tmp_path)
    write_audit(again, tmp_path)
    assert contents(tmp_path) == contents(folder)
    assert {f"{BUNDLE}/model.txt", f"{BUNDLE}/fitted.json", "plots/lift.svg"} <= set(
        contents(folder)
    )


def test_what_is_served_is_what_was_trained(
    training: Training, office: CaseFile, folder: Path
) -> None:
    """Plain Python on one child's history gives the very numbers of the batch and its measures."""
    bundle, test = read_bundle(folder / BUNDLE), training.slices.by_name[TEST]
    margins = margins_of(training.booster, test.rows)
    for place in range(0, len(test.examples), 40):
        child, cutoff = test.examples.children[place], int(test.examples.cutoffs[place])
        history = history_of(child, office.around(child))
        score = score_row(bundle, answer_row(bundle.spec.columns, history, cutoff))
        assert score.margin == margins[place]
        assert score.probability == training.fitted.calibrator.probability(margins[place])
        assert score.low <= score.probability <= score.high


@pytest.fixture(scope="module")
def embargoed(spec: ModelSpec, office: CaseFile) -> Slices:
    return fill_slices(replace(spec, embargo=True), BatchTables(office), office)


def test_under_an_embargo_nothing_known_later_is_learnt_from(
    spec: ModelSpec, embargoed: Slices, office: CaseFile
) -> None:
    then = BatchTables(office.as_known_on(calendar_day(embargoed.learnt_by)))
    for name in (FIT, STOP, CALIBRATE):
        part = embargoed.by_name[name]
        np.testing.assert_array_equal(read_rows(spec, then, part.examples), part.rows)
        labels = read_labels(spec.label, then, part.examples, embargoed.learnt_by)
        np.testing.assert_array_equal(labels, part.outcomes)


def test_the_judges_know_outcomes_that_came_later(
    spec: ModelSpec, embargoed: Slices, office: CaseFile
) -> None:
    """Else the test above would hold for a training that never looks at the end of the file."""
    test = embargoed.by_name[TEST]
    then = BatchTables(office.as_known_on(calendar_day(embargoed.learnt_by)))
    known = read_labels(spec.label, then, test.examples, embargoed.learnt_by)
    assert known.sum() < 0.1 * test.outcomes.sum()


def test_a_label_that_is_not_over_is_left_out_and_counted(training: Training) -> None:
    over = day_number(AS_OF) - training.spec.label.over_after
    assert training.slices.by_name[TEST].examples.cutoffs.max() <= over
    assert training.slices.left_out["label not over"] > 0
    counted = sum(training.slices.left_out.values())
    assert counted + sum(len(training.slices.by_name[n].examples) for n in SLICES) > 9000


def test_the_reference_says_how_but_not_who(training: Training, office: CaseFile) -> None:
    frame = reference(training)
    columns = [column.name for column in training.spec.columns]
    assert list(frame) == [
        *columns, "probability", "score", "label", "household", *training.spec.audited_by
    ]  # fmt: skip
    assert len(frame) == len(training.slices.by_name[TEST].examples)
    children = set(office.tables["children"]["child"])
    text = frame.select_dtypes(exclude="number")
    assert not children & set(text.to_numpy().ravel())


def test_rows_of_one_household_are_alike_in_the_reference(training: Training) -> None:
    names = training.slices.by_name[TEST].examples.households
    numbers = reference(training)["household"].to_numpy()
    told = set(zip(names, numbers, strict=True))
    assert len(told) == len(set(names)) == len(set(numbers)) < len(names)


def test_the_reference_lies_beside_the_bundle_and_outside_its_checksums(folder: Path) -> None:
    assert (folder / BUNDLE / REFERENCE).is_file()
    assert REFERENCE not in (folder / BUNDLE / "checksums.json").read_text()
    pd.testing.assert_index_equal(
        pd.read_parquet(folder / BUNDLE / REFERENCE).columns,
        pd.Index([*(c.name for c in read_bundle(folder / BUNDLE).spec.columns),
                  "probability", "score", "label", "household", "sex", "age_band", "nationality",
                  "disability", "income_support", "office"]),
    )  # fmt: skip


def test_the_card_in_the_bundle_tells_the_measures(training: Training, folder: Path) -> None:
    card = (folder / BUNDLE / "CARD.md").read_text("utf-8")
    assert f"| auroc | {training.judged.measures['auroc'].value:.3f} |" in card
    assert "insufficient evidence" in card


def test_too_few_examples_are_told_with_their_number(spec: ModelSpec) -> None:
    with pytest.raises(KizukiError, match=r"the fit slice has \d+ examples and needs 50"):
        train_model(spec, small_office(families=40, seed=1))


def test_too_few_outcomes_are_told_with_their_number(spec: ModelSpec, office: CaseFile) -> None:
    nobody = CaseFile(
        office.as_of, {**office.tables, "placements": office.tables["placements"].iloc[:5]}
    )
    message = r"has \d examples with the outcome and needs 10; give more children"
    with pytest.raises(KizukiError, match=message):
        fill_slices(spec, BatchTables(nobody), nobody)


def test_the_hash_of_the_data_changes_with_any_value(office: CaseFile) -> None:
    children = office.tables["children"].copy()
    children.loc[0, "sex"] = "other"
    changed = CaseFile(office.as_of, {**office.tables, "children": children})
    fewer = CaseFile(office.as_of, {n: f for n, f in office.tables.items() if n != "members"})
    assert len({data_hash(case_file) for case_file in (office, changed, fewer)}) == 3
    assert data_hash(office) == data_hash(replace(office))


def test_a_training_is_on_record(training: Training, office: CaseFile, empty_home: Path) -> None:
    version = keep_training(training, office, Registry(empty_home), AT)
    assert version.number == 1
    assert read_bundle(version.bundle).spec.name == training.spec.name
    beside = {path.name for path in version.bundle.parent.iterdir()}
    assert beside == {BUNDLE, "audit.en.html", "audit.ja.html", "groups.csv", "plots", "spec.json"}
    assert Registry(empty_home).version("placement_24m", 1) == version


def test_what_ranks_too_well_is_not_put_on_record(
    training: Training, office: CaseFile, empty_home: Path
) -> None:
    low = replace(training, spec=replace(training.spec, ceiling=0.5))
    message = r"above 0\.5, the ceiling of its spec, so a leak is suspected \(best columns alone: "
    with pytest.raises(KizukiError, match=message):
        keep_training(low, office, Registry(empty_home), AT)
    with pytest.raises(KizukiError, match="say what was looked at"):
        keep_training(low, office, Registry(empty_home), AT, looked=" ")
    with pytest.raises(KizukiError, match="has no version 1"):
        Registry(empty_home).version("placement_24m", 1)


def test_who_has_looked_for_leaks_is_believed_and_quoted(
    training: Training, office: CaseFile, empty_home: Path
) -> None:
    low = replace(training, spec=replace(training.spec, ceiling=0.5))
    keep_training(low, office, Registry(empty_home), AT, looked="the clock of the importer")
    store = f"sqlite:///{empty_home / 'mlflow.db'}"
    found = MlflowClient(store, store).search_runs(["1"])
    assert found[0].data.tags[LOOKED] == "the clock of the importer"
