"""What is learnt from a ready-made table: its columns, as a task for the workshop."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from features.language.text import Text
from models.measures import ABSTENTION, OVER_BASELINES
from models.spec import Doubt, Gate

SETTINGS = {"num_leaves": 15, "learning_rate": 0.05, "min_data_in_leaf": 50, "lambda_l2": 10}


@dataclass(frozen=True)
class TableColumn:
    """A column that is learnt from; it is a feature by itself."""

    name: str

    @property
    def feature(self) -> str:
        """The column's own name."""
        return self.name


@dataclass(frozen=True)
class TableSpec:
    """A model of a ready-made table: which column is the label, and by which it is audited.

    The gates are those that our own models have in common. Nothing is promised to be monotone, and
    no column is a category.
    """

    name: str
    label: str
    columns: tuple[TableColumn, ...]
    audited_by: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    settings: Mapping[str, int | float] = field(default_factory=lambda: SETTINGS)
    ceiling: float = 0.90
    doubt: Doubt = field(default_factory=Doubt)

    @property
    def title(self) -> Text:
        """Its name; nobody has given it another."""
        return Text(self.name, self.name)

    def as_json(self) -> dict[str, object]:
        """The spec in plain words and numbers."""
        names = [column.name for column in self.columns]
        gates = [str(gate) for gate in self.gates]
        return {**asdict(self), "columns": names, "gates": gates}

    @property
    def monotone(self) -> list[int]:
        """No promise for any column."""
        return [0] * len(self.columns)

    @property
    def gates(self) -> tuple[Gate, ...]:
        """Calibrated, no worse than simpler ways, and as seldom wrong about each group."""
        gaps = (Gate("false_negative_rate_gap", by=name, at_most=0.2) for name in self.audited_by)
        return (
            Gate("calibration_slope", at_least=0.8, at_most=1.25),
            *gaps,
            Gate(OVER_BASELINES, at_least=-0.01),
            Gate(ABSTENTION, at_most=0.1),
        )
