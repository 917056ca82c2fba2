"""CARD.md: what a model claims, how well it does, and what it cannot do.

Everything but the limits is written from the spec and the measures; the limits are written by hand,
in LIMITS.md beside the spec, because no measure can say them.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from features.errors import KizukiError
from features.language.feature import Feature
from features.language.text import Language
from features.tables import TABLES
from models.lock import lock_hash
from models.spec import Cohort, ModelSpec, Roster
from models.specs import HERE

_LIMITS: dict[Language, str] = {"en": "LIMITS.md", "ja": "LIMITS.ja.md"}

NEVER = (
    "The score advises; a person decides. It ranks a child among past cases of the same office: it "
    "is not a chance of harm, and never a reason to look at a child less than the office's own "
    "policy asks."
)

JUDGED = (
    "Every household was judged once, by trees that had never seen it. The trees that serve were "
    "grown in the same way on all households: the figures are those of the way of fitting."
)

NOT_ROLLED = "It was not fitted anew on days of the past (`kizuki train --origins` does so)."


@dataclass(frozen=True)
class Measured:
    """What was measured when the model was fitted.

    `measures` maps a measure's name to its value and its interval; `slices` a slice's name to its
    first day, last day, number of examples and number with the outcome; `groups` holds rows of
    text under the headings of its first row, as do `baselines`, simpler ways of scoring, `folds` of
    households and `origins`, days of the past, `ranges`, which tell how the range held over time,
    and `gaps` between groups; `gates` says of each gate whether it holds, and `untold` how many get
    no score.
    """

    measures: Mapping[str, tuple[float, float, float]]
    slices: Mapping[str, tuple[str, str, int, int]]
    groups: Sequence[Sequence[str]] = ()
    gates: Mapping[str, bool] = field(default_factory=dict)
    ranges: Sequence[Sequence[str]] = ()
    gaps: Sequence[Sequence[str]] = ()
    baselines: Sequence[Sequence[str]] = ()
    folds: Sequence[Sequence[str]] = ()
    origins: Sequence[Sequence[str]] = ()
    untold: str = ""


def card(spec: ModelSpec, measured: Measured | None) -> str:
    """The card of a model; `measured` is None for the card of a spec that is not fitted yet."""
    parts = [
        f"# {spec.title.en}\n\n{spec.title.ja} · `{spec.name}` · lock `{lock_hash(spec)}`",
        f"**{NEVER}**",
        f"## What it predicts\n\n{_claim(spec)}",
        f"## What it reads\n\n{_inputs(spec)}",
        f"## What is done for fairness\n\n{_mitigation(spec)}",
        f"## What must hold\n\n{_gates(spec, measured)}",
        f"## How well it does\n\n{_measured(measured)}",
        f"## Limits\n\n{limits(spec)}",
    ]
    return "\n\n".join(parts) + "\n"


def limits(spec: ModelSpec, language: Language = "en") -> str:
    """The limits written by hand; raises KizukiError where nobody has written any."""
    path = HERE / spec.name / _LIMITS[language]
    if not path.is_file() or not path.read_text("utf-8").strip():
        raise KizukiError(f"{path}: write down by hand what {spec.name} cannot do")
    return path.read_text("utf-8").strip()


def _claim(spec: ModelSpec) -> str:
    settling = f", read {spec.label.settles_in} days later" if spec.label.settles_in else ""
    rows = [
        ("Outcome", f"{spec.label.about.en} ({spec.label.about.ja})"),
        ("Question", f"`{spec.label.value}`{settling}"),
        ("Who is scored", _cohort(spec.cohort)),
    ]
    return _table(("", ""), rows)


def _cohort(cohort: Cohort | Roster) -> str:
    if isinstance(cohort, Roster):
        return f"everybody with `{cohort.present}` on {cohort.days[0]} … {cohort.days[-1]}"
    youngest, oldest = cohort.ages
    return (
        f"a child of {youngest} to {oldest} years, on the day that a row of {cohort.each} is known"
        f" (learnt from once the records go back {cohort.run_in} days)"
    )


def _inputs(spec: ModelSpec) -> str:
    read = Counter(table for feature in spec.features for table in feature.tables)
    tables = ", ".join(f"{TABLES[name].words.en} ({count})" for name, count in read.most_common())
    return _table(
        ("", ""),
        [
            ("Features", f"{len(spec.features)} in {len(spec.columns)} columns; see features.lock"),
            ("Tables (features that read them)", tables),
            ("Audited by, and never read", ", ".join(spec.audited_by)),
        ],
    )


def _gates(spec: ModelSpec, measured: Measured | None) -> str:
    said = {True: "holds", False: "**fails**", None: "not measured yet"}
    held = measured.gates if measured else {}
    gates = _table(("gate", ""), [(f"{gate}", said[held.get(str(gate))]) for gate in spec.gates])
    believed = f"An AUROC above {spec.ceiling} is put on record only if somebody looked for a leak."
    return f"{gates}\n\n{believed}"


def _measured(measured: Measured | None) -> str:
    if measured is None:
        return "Not fitted yet: the card in a bundle holds its measures."
    slices = _table(
        ("slice", "from", "to", "examples", "with the outcome"),
        [(name, *map(str, numbers)) for name, numbers in measured.slices.items()],
    )
    measures = _table(
        ("measure on the test slice", "value", "95 % interval"),
        [
            (name, f"{value:.3f}", f"{low:.3f} to {high:.3f}")
            for name, (value, low, high) in measured.measures.items()
        ],
    )
    beside = ["### Beside simpler ways", _rows(measured.baselines) or "None was measured."]
    groups = ["### By group", _rows(measured.groups), _rows(measured.gaps)]
    steady = ["### Over splits", _rows(measured.folds), _rows(measured.origins) or NOT_ROLLED]
    told = ["### The range, and no score", measured.untold, _rows(measured.ranges)]
    parts = (JUDGED, slices, measures, *beside, *groups, *told, *steady)
    return "\n\n".join(part for part in parts if part)


def _mitigation(spec: ModelSpec) -> str:
    """What is done and what is not: a step that nobody tells of would be a silent one."""
    done = spec.mitigation
    fields = ", ".join(done.reweighed_by)
    weighed = f"so that the outcome is as frequent in every group of {fields}; no group is read"
    return _table(
        ("", ""),
        [
            ("Never lower the score", _named(spec.rising)),
            ("Never raise the score", _named(spec.falling)),
            ("Features dropped", _named(done.dropped)),
            ("What is learnt from is weighed", weighed if fields else "no"),
        ],
    )


def _named(features: Sequence[Feature]) -> str:
    return ", ".join(f"`{feature.name}`" for feature in features) or "none"


def _rows(table: Sequence[Sequence[str]]) -> str:
    return _table(table[0], table[1:]) if len(table) > 1 else ""


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
