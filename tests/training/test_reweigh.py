"""Reweighing takes the tie between group and outcome out of what trees learn from, when asked."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from features.case_file import CaseFile
from features.engines.batch_tables import BatchTables
from models.card import card
from models.spec import Mitigation, ModelSpec
from training.audit.page import page_of
from training.curve.curve import _thinned
from training.fit import grow_trees
from training.record import Training, spec_as_json
from training.reweigh import weights_of
from training.slices import Slices, fill_origins, fill_slices
from training.splits import CALIBRATE, FIT, STOP, TEST

BY = Mitigation(reweighed_by=("sex", "office"))


@pytest.fixture(scope="module")
def plain(narrow: ModelSpec, office: CaseFile) -> Slices:
    return fill_slices(narrow, BatchTables(office), office)


@pytest.fixture(scope="module")
def weighed(narrow: ModelSpec, office: CaseFile) -> Slices:
    return fill_slices(replace(narrow, mitigation=BY), BatchTables(office), office)


def test_weights_are_those_of_kamiran_and_calders() -> None:
    """Their own example, ten times: applicants by sex, of whom 40 men and 20 women were chosen."""
    sex = np.array(["m"] * 50 + ["f"] * 50, dtype=object)
    chosen = np.array([1] * 40 + [0] * 10 + [1] * 20 + [0] * 30, dtype=float)
    weights = weights_of(chosen, [sex])
    assert dict(zip(zip(sex, chosen, strict=True), np.round(weights, 2), strict=True)) == {
        ("m", 1.0): 0.75, ("m", 0.0): 2.0, ("f", 0.0): 0.67, ("f", 1.0): 1.5
    }  # fmt: skip


def test_weighed_the_outcome_is_as_frequent_in_every_group_of_all_fields() -> None:
    chance = np.random.default_rng(2)
    fields = [chance.choice(["a", "b", "not known"], 900), chance.choice(["x", "y"], 900)]
    outcomes = (chance.random(900) < np.where(fields[0] == "a", 0.5, 0.1)).astype(float)
    weights = weights_of(outcomes, fields)
    for names in fields:
        for name in np.unique(names):
            own = names == name
            assert weights[own].sum() == pytest.approx(own.sum())
            share = np.average(outcomes[own], weights=weights[own])
            assert share == pytest.approx(outcomes.mean())


def test_a_group_too_small_to_tell_is_weighed_evenly() -> None:
    outcomes = np.array([1.0] * 100 + [0.0] * 300 + [1.0] + [0.0] * 40)
    names = np.array(["many"] * 400 + ["few"] * 41, dtype=object)
    assert (weights_of(outcomes, [names])[400:] == 1).all()


def test_it_is_done_where_the_spec_says_so_and_nowhere_else(
    narrow: ModelSpec, plain: Slices, weighed: Slices
) -> None:
    assert all(part.weights is None for part in plain.by_name.values())
    for name in (FIT, STOP):
        assert weighed.by_name[name].weights is not None
    assert all(weighed.by_name[name].weights is None for name in (CALIBRATE, TEST))
    one, other = (grow_trees(narrow, s.by_name[FIT].taught, 5) for s in (plain, weighed))
    assert one.model_to_string() != other.model_to_string()


def test_every_look_at_the_way_of_fitting_weighs_alike(
    narrow: ModelSpec, office: CaseFile, weighed: Slices
) -> None:
    """The origins of a search or of a rolling evaluation, and the parts of a learning curve."""
    spec = replace(narrow, mitigation=BY)
    origin = next(fill_origins(spec, BatchTables(office), office))
    assert origin.by_name[FIT].weights is not None
    part = _thinned(weighed.by_name[FIT], 0.0, 0.5)
    assert part.weights is not None
    assert len(part.weights) == len(part.outcomes)


def test_a_group_that_was_recorded_later_does_not_weigh(
    narrow: ModelSpec, office: CaseFile
) -> None:
    """At an origin nobody knew of the corrections that came after it."""
    children, spec = office.tables["children"], replace(narrow, mitigation=BY)
    day = pd.Timestamp(office.as_of)
    later = children.assign(id=children["id"] + "-later", known=day, sex="other")
    both = pd.concat([children, later], ignore_index=True)
    corrected = CaseFile(office.as_of, {**office.tables, "children": both})
    one, other = (
        next(fill_origins(spec, BatchTables(each), each)).by_name[FIT].weights
        for each in (office, corrected)
    )
    np.testing.assert_array_equal(one, other)


def test_it_can_be_by_audited_fields_alone(spec: ModelSpec) -> None:
    with pytest.raises(ValueError, match="weighed by a field that it is not audited by"):
        replace(spec, mitigation=Mitigation(reweighed_by=("ethnicity",)))


def test_it_is_told_on_card_and_page_and_kept_with_the_version(training: Training) -> None:
    fair = replace(training.model_spec, mitigation=BY)
    told = page_of(replace(training, spec=fair), "en")
    assert "as frequent in every group of sex, the office in charge (Kamiran" in told
    assert "as frequent in every group of sex, office; no group is read" in card(fair, None)
    assert spec_as_json(fair)["mitigation"] == {"dropped": [], "reweighed_by": ["sex", "office"]}
    told = page_of(replace(training, spec=replace(fair, mitigation=Mitigation())), "en")
    assert "Weighing of what is learnt from</strong></td><td>not done" in told
