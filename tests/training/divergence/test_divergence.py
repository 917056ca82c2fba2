"""The same children under several outcomes: told by how much, and for whom, the choice matters."""

from dataclasses import replace

import numpy as np
import pytest

from features.case_file import CaseFile
from features.errors import KizukiError
from features.language.text import Text
from features.language.windows import YEAR_AHEAD
from features.tables import notifications
from models.spec import Cohort, Label, ModelSpec
from models.specs import spec_of
from training.divergence.ranked import Compared, Ranked, compare_outcomes
from training.divergence.report import divergence_numbers, divergence_report, in_common


@pytest.fixture(scope="module")
def notified(narrow: ModelSpec) -> ModelSpec:
    """Of another outcome, which is over a year earlier."""
    label = Label(notifications.following(YEAR_AHEAD).exists(), Text("再通告", "notified again"))
    return replace(narrow, name="notified", label=label)


@pytest.fixture(scope="module")
def compared(narrow: ModelSpec, notified: ModelSpec, office: CaseFile) -> Compared:
    return compare_outcomes([narrow, notified, replace(narrow, name="again")], office)


def test_all_rank_the_same_children_on_the_same_days(compared: Compared) -> None:
    children = {len(ranked.margins) for ranked in compared.ranked}
    assert len(children) == 1
    assert min(children) > 300
    assert {len(names) for names in compared.groups.values()} == children


def test_the_same_outcome_moves_nobody_and_another_one_does(compared: Compared) -> None:
    base, other, again = compared.ranked
    assert (again.bands == base.bands).all()
    assert in_common(base, again) == 1
    assert 0.1 < (other.bands != base.bands).mean() < 0.9
    assert in_common(base, other) < 0.9
    assert (base.outcomes == again.outcomes).all()
    assert (base.outcomes != other.outcomes).any()


def test_how_much_is_chance_is_told_by_another_seed(compared: Compared) -> None:
    base, other, _ = compared.ranked
    chance = (compared.again.bands != base.bands).mean()
    assert 0 < chance < (other.bands != base.bands).mean()
    assert in_common(base, compared.again) > in_common(base, other)
    assert "itself, by another seed" in divergence_report(compared)


def ranked(name: str, margins: list[float], bands: list[int]) -> Ranked:
    outcomes = np.tile([0.0, 1.0], len(margins))[: len(margins)]
    return Ranked(name, np.array(margins), np.array(bands), outcomes)


def made() -> Compared:
    """Eighty children: of group b each is a band higher by the other model, of group a every other
    one is a band lower. The 4 at the top (of 80, 5 %) are in common but one.
    """
    base = ranked("base", [float(n) for n in range(80)], [1] * 80)
    margins = [float(n) for n in range(80)]
    margins[76], margins[0] = 0.0, 76.0
    other = ranked("other", margins, [1, 0] * 20 + [2] * 40)
    names = np.array(["a"] * 40 + ["b"] * 38 + ["c"] * 2, dtype=object)
    return Compared([base, other], base, {"kind": names}, np.arange(80) // 2, 18_000)


def test_shares_are_counted_right() -> None:
    numbers = divergence_numbers(made())
    assert numbers["top_in_common.other"] == 0.75
    assert numbers["band_higher.other"] == 0.5
    assert numbers["band_lower.other"] == 0.25


def test_groups_are_told_with_intervals_and_small_ones_not_at_all() -> None:
    told = divergence_report(made())
    lines = {tuple(line.split()[:3]): line for line in told.splitlines()}
    assert "100.0% (100.0% to 100.0%)  0.0% (0.0% to 0.0%)" in lines["kind", "b", "38"]
    # Of each household one moves: drawn as a whole, it is never more or less than half.
    assert "50.0% (50.0% to 50.0%)" in lines["kind", "a", "40"]
    assert lines["kind", "c", "2"].count("insufficient evidence") == 4


def test_the_words_name_the_groups_that_the_choice_moves() -> None:
    told = divergence_report(made())
    assert "75% of the examples are in another band, and 25% of those at the top are others" in told
    assert "raises most is kind b (+75%), the one that it lowers most kind a (-75%)" in told
    assert "chance alone, another seed for base, puts 0% into another band, and 0% of" in told
    assert "no outcome here is the harm itself" in told


@pytest.mark.parametrize("names", [("placement_24m",), ("placement_24m", "placement_24m")])
def test_one_model_is_nothing_to_compare(names: tuple[str, ...], office: CaseFile) -> None:
    with pytest.raises(KizukiError, match="name two models or more, each of them once"):
        compare_outcomes([spec_of(name) for name in names], office)


def test_models_of_others_are_not_compared(narrow: ModelSpec, office: CaseFile) -> None:
    infants = replace(narrow, name="infants", cohort=Cohort(each=notifications, ages=(0, 2)))
    with pytest.raises(KizukiError, match="infants scores others than placement_24m"):
        compare_outcomes([narrow, infants], office)
