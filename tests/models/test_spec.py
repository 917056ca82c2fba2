"""A spec refuses what it could not keep."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import models
from features.errors import KizukiError
from features.language.text import Text
from features.language.values import LeakError
from features.language.windows import EVER, TODAY, TWO_YEARS_AHEAD
from features.library import FEATURES
from features.tables import notifications, placements
from models.spec import Cohort, Gate, Label, ModelSpec, Roster
from models.specs import NAMES, spec_of

ABOUT = Text("一時保護", "a placement")
AHEAD = placements.following(TWO_YEARS_AHEAD)
COUNT = FEATURES["notification_count"]
PREVIOUS = FEATURES["days_since_previous_notification"]


def a_spec(**said: object) -> ModelSpec:
    given = {
        "name": "a_model",
        "title": ABOUT,
        "cohort": Cohort(each=notifications, ages=(0, 17)),
        "label": Label(AHEAD.exists(), ABOUT),
        "features": (COUNT, PREVIOUS),
        "audited_by": ("sex",),
        "gates": (),
    }
    return ModelSpec(**{**given, **said})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value", [placements.within(EVER).exists(), AHEAD.count()], ids=["looks back", "not yes or no"]
)
def test_a_label_says_whether_something_follows(value: object) -> None:
    with pytest.raises(LeakError):
        Label(value, ABOUT)  # type: ignore[arg-type]


def test_a_roster_cannot_look_ahead() -> None:
    with pytest.raises(LeakError):
        Roster(days=("2010-01-01",), present=AHEAD.exists())
    assert Roster(days=("2010-01-01",), present=placements.within(TODAY).is_open())


def test_a_label_is_over_after_its_horizon_and_settling() -> None:
    assert Label(AHEAD.exists(), ABOUT, settles_in=30).over_after == 730 + 30


def test_columns_keep_the_order_of_features_and_windows() -> None:
    assert [column.name for column in a_spec().columns] == [
        *(column.name for column in COUNT.columns),
        *(column.name for column in PREVIOUS.columns),
    ]


def test_promises_become_constraints_of_each_column() -> None:
    spec = a_spec(rising=(COUNT,), falling=(PREVIOUS,))
    assert spec.monotone == [1] * len(COUNT.columns) + [-1] * len(PREVIOUS.columns)
    assert a_spec().monotone == [0] * len(spec.columns)


@pytest.mark.parametrize(
    "said",
    [
        {"features": (COUNT, COUNT)},
        {"rising": (COUNT,), "falling": (COUNT,)},
        {"features": (PREVIOUS,), "rising": (COUNT,)},
    ],
    ids=["twice", "both ways", "not read"],
)
def test_features_and_promises_must_agree(said: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a_model"):
        a_spec(**said)


@pytest.mark.parametrize(
    ("gate", "measured", "holds"),
    [
        (Gate("auroc", at_least=0.72), 0.72, True),
        (Gate("auroc", at_least=0.72), 0.7199, False),
        (Gate("auroc", at_least=0.72, at_most=0.88), 0.89, False),
        (Gate("gap", at_most=0.1, by="sex"), float("nan"), False),
    ],
)
def test_a_gate_holds_within_its_bounds(gate: Gate, measured: float, holds: bool) -> None:
    assert gate.holds(measured) is holds


def test_a_gate_asks_for_something() -> None:
    with pytest.raises(ValueError, match="asks for nothing"):
        Gate("auroc")


@pytest.mark.parametrize("name", NAMES)
def test_every_model_is_called_as_its_folder(name: str) -> None:
    spec = spec_of(name)
    assert spec.name == name
    assert spec.gates
    assert spec.audited_by


BROKEN = {
    "a feature that does not exist": (
        'FEATURES["notification_count"],',
        'FEATURES["moon_phase"],',
        r"models/broken/spec\.py: nothing is called 'moon_phase'; features/CATALOGUE\.md lists",
    ),
    "a promise of what is not read": (
        "rising=(),",
        'rising=(FEATURES["child_age"],),',
        r"models/broken/spec\.py: broken: promises something of a feature that it does not read",
    ),
    "a constraint on a category": (
        "rising=(),",
        'rising=(FEATURES["notification_count"],), settings={"categorical_feature": "0"},',
        r"models/broken/spec\.py: broken: categorical_feature: every column of a row is a number",
    ),
    "weights by a group that is not audited": (
        "rising=(),",
        'mitigation=Mitigation(reweighed_by=("office",)),',
        r"models/broken/spec\.py: broken: is weighed by a field that it is not audited by",
    ),
    "a feature that is read and dropped": (
        "rising=(),",
        'mitigation=Mitigation(dropped=(FEATURES["notification_count"],)),',
        r"models/broken/spec\.py: broken: reads a feature that it says it has dropped",
    ),
    "a label that looks back": (
        "placements.following(YEAR_AHEAD)",
        "placements.within(EVER)",
        r"models/broken/spec\.py: a label says whether something follows the cutoff",
    ),
}
SOUND = """
from features.language.text import Text
from features.language.windows import EVER, YEAR_AHEAD
from features.library import FEATURES
from features.tables import notifications, placements
from models.spec import Cohort, Label, Mitigation, ModelSpec

SPEC = ModelSpec(
    name="broken",
    title=Text("壊れた", "broken"),
    cohort=Cohort(each=notifications, ages=(0, 17)),
    label=Label(placements.following(YEAR_AHEAD).exists(), Text("一時保護", "a placement")),
    features=(FEATURES["notification_count"],),
    rising=(),
    audited_by=("sex",),
    gates=(),
)
"""


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of one more model, whose spec is to be written into it."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "__init__.py").touch()
    monkeypatch.setattr("models.__path__", [*models.__path__, str(tmp_path)])
    monkeypatch.setattr("models.specs.NAMES", (*NAMES, "broken"))
    yield tmp_path / "broken" / "spec.py"
    for name in [name for name in sys.modules if name.startswith("models.broken")]:
        del sys.modules[name]


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_wrong_in_a_spec_is_one_line_that_names_it(what: str, broken: Path) -> None:
    right, wrong, message = BROKEN[what]
    assert right in SOUND
    broken.write_text(SOUND.replace(right, wrong), "utf-8")
    with pytest.raises(KizukiError, match=message):
        spec_of("broken")


def test_a_sound_spec_is_found(broken: Path) -> None:
    """Else the tests above would refuse it for something else."""
    broken.write_text(SOUND, "utf-8")
    assert spec_of("broken").name == "broken"
