"""The only door to Evidently: it shows what was found, and works nothing out by itself.

Columns come to it in bins, so that its pages hold counts and no value of any child, and it
compares them by our PSI, so that there is one. Group figures come to it worked out: its own GroupBy
gives every group the value of all, and with probabilities set it ignores the labels it is given.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import isnan, nan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.core.metric_types import SingleValue, SingleValueCalculation, SingleValueMetric
from evidently.core.report import Context
from evidently.legacy.calculations.stattests import StatTest, register_stattest
from evidently.legacy.core import ColumnType
from evidently.legacy.model.widget import BaseWidgetInfo
from evidently.legacy.renderers.html_widgets import CounterData, counter, table_data
from evidently.presets import DataDriftPreset
from evidently.tests import lte

from models.gaps import gap
from models.groups import RATES
from models.spec import ModelSpec
from serving.watch.bins import Bins, psi
from serving.watch.disclosure import WITHHELD, tell, withholds_gap
from serving.watch.drift import Drift
from serving.watch.fairness import Fairness, rate_of
from serving.watch.group_rows import INSUFFICIENT, GroupRow, group_tables
from serving.watch.thresholds import THRESHOLDS

_METHOD = "kizuki_psi"
_GAP = "_gap"
_HARM = "false_negative_rate"  # a child who is missed is what a gap is about, gate or no gate


def _psi_of_bins(
    reference: "pd.Series[str]", served: "pd.Series[str]", _: ColumnType, threshold: float
) -> tuple[float, bool]:
    counts = pd.concat([reference.value_counts(), served.value_counts()], axis=1).fillna(0)
    before, now = counts.to_numpy(np.int64).T
    measured = psi(before, now)
    return measured, measured >= threshold


register_stattest(StatTest(_METHOD, "PSI", [ColumnType.Categorical]), _psi_of_bins)


class ColumnPsi(SingleValueMetric):  # type: ignore[misc]  # Evidently says nothing of its types
    """The PSI of a column's bins; its own `ValueDrift` would draw each once more, unseen."""

    column: str


class ColumnPsiCalculation(SingleValueCalculation[ColumnPsi]):  # type: ignore[misc]
    """Finds the PSI between the bins of the reference and of what was served."""

    def calculate(
        self,
        context: Context,  # noqa: ARG002
        current_data: Dataset,
        reference_data: Dataset,
    ) -> SingleValue:
        """The PSI."""
        then, now = (
            sample.as_dataframe()[self.metric.column] for sample in (reference_data, current_data)
        )
        return self.result(_psi_of_bins(then, now, ColumnType.Categorical, 0)[0])

    def display_name(self) -> str:
        """The name of the column."""
        return f"PSI of {self.metric.column}"


class ColumnTable(DataDriftPreset):  # type: ignore[misc]
    """The table of columns alone: its verdict would look at nothing but a share of columns."""

    def generate_metrics(self, context: Context) -> list[Any]:
        """How many columns moved, and how far each did."""
        count, *_ = super().generate_metrics(context)
        return [count, *(ColumnPsi(column=name) for name in self.per_column_threshold)]

    def render(self, context: Context, child_widgets: Any = None) -> list[BaseWidgetInfo]:
        """The last of its widgets, the table."""
        table: BaseWidgetInfo = super().render(context, child_widgets)[-1]
        for line in table.params["data"]:
            for sample in ("reference_distribution", "current_distribution"):
                line[sample]["y"] = _drawn(line[sample]["y"])
        for graph in table.additionalGraphs:
            _draw_told(graph.params["data"])
            _draw_shares(graph.params["data"], graph.params["layout"])
        return [table]


def _drawn(counts: Sequence[int]) -> list[int]:
    """The counts of bins as bars of what may be told; the few are bars without height."""
    told = [tell(int(count)) for count in counts]
    return [count if isinstance(count, int) else 0 for count in told]


def _draw_told(traces: Sequence[dict[str, Any]]) -> None:
    """Draw each sample's counts as they may be told, and its shares as they follow from these."""
    for counts, shares in zip(traces[::2], traces[1::2], strict=True):
        counts["y"] = _drawn(counts["y"])
        whole = max(1, sum(counts["y"]))
        shares["y"] = [round(100 * count / whole, 1) for count in counts["y"]]


def _draw_shares(traces: list[dict[str, Any]], layout: dict[str, Any]) -> None:
    """Show bins in their order, and shares first: the samples differ in size."""
    for trace in traces:
        trace["visible"] = not trace["visible"]
    # An order by name alone, "category ascending", leaves the drawing blank in Evidently's page.
    order = sorted({label for trace in traces for label in trace["x"]})
    layout["xaxis"] |= {"categoryorder": "array", "categoryarray": order}
    layout["yaxis"]["title"] = {"text": "Percent"}
    layout["updatemenus"][0]["active"] = 1


def write_drift(
    out: Path, reference: pd.DataFrame, served: pd.DataFrame, drift: Drift, at: datetime
) -> None:
    """Write drift.html and drift.json: every column and the probability, in bins."""
    columns = [*drift.columns, drift.score]
    table = ColumnTable(
        cat_method=_METHOD,
        per_column_threshold={column.name: column.moved_from for column in columns},
        drift_share=THRESHOLDS["many_columns_moved"].limit,
    )
    bins = {column.name: Bins.of(reference[column.name].to_numpy()) for column in columns}
    kinds = DataDefinition(categorical_columns=list(bins))
    then, now = (Dataset.from_pandas(_in_bins(frame, bins), kinds) for frame in (reference, served))
    snapshot = Report([table]).run(now, then, timestamp=at)
    snapshot.save_html(str(out / "drift.html"))
    said = json.loads(snapshot.json(), parse_constant=lambda _: None)  # JSON knows no NaN
    (out / "drift.json").write_text(json.dumps(said, indent=1) + "\n", "utf-8")


class GroupGap(SingleValueMetric):  # type: ignore[misc]
    """The gap of a rate between the groups of an audited field, as it was worked out before."""

    field: str
    rate: str
    sample: str


class GroupGapCalculation(SingleValueCalculation[GroupGap]):  # type: ignore[misc]
    """Finds the gap in a table of groups, and shows it above the groups."""

    def calculate(
        self,
        context: Context,  # noqa: ARG002
        current_data: Dataset,
        reference_data: Dataset | None,  # noqa: ARG002
    ) -> SingleValue:
        """The gap, NaN where there is insufficient evidence for one, or it is withheld."""
        frame = current_data.as_dataframe()
        groups = frame[frame["field"] == self.metric.field]
        of_groups = groups[self.metric.rate + _GAP].iloc[0]
        withheld = of_groups == WITHHELD
        found = self.result(nan if withheld else float(of_groups))
        untold = WITHHELD if withheld else INSUFFICIENT
        told = untold if isnan(found.value) else f"{found.value:.3f}"
        shown = groups[[name for name in groups if name != "field" and not name.endswith(_GAP)]]
        found.widget = [
            counter(counters=[CounterData(self.display_name(), told)]),
            table_data(column_names=list(shown.columns), data=shown.to_numpy().tolist()),
        ]
        return found

    def display_name(self) -> str:
        """The name of the gap."""
        metric = self.metric
        return f"{metric.sample}: gap by {metric.field}, {RATES[metric.rate].words.en}"


def write_groups(out: Path, spec: ModelSpec, fairness: Fairness, at: datetime) -> None:
    """Write groups.html: the gaps where outcomes are known, and the groups that they lie between.

    They are those of served children, or of the reference until enough of them are known.
    """
    groups = fairness.fared or fairness.reference
    table = next(table for table in group_tables(fairness) if len(table.rates) == len(RATES))
    bounds = {(gate.by, rate_of(gate)): gate.at_most for gate in spec.gates if gate.by is not None}
    asked = dict.fromkeys((field, _HARM) for field in spec.audited_by) | bounds
    gaps = {
        (field, rate): WITHHELD if withholds_gap(groups, field, rate) else gap(groups, field, rate)
        for field, rate in asked
    }
    metrics = [
        GroupGap(
            field=field,
            rate=rate,
            sample=table.name,
            tests=[] if most is None or _untold(gaps[field, rate]) else [lte(most)],
        )
        for (field, rate), most in asked.items()
    ]
    # As text, since Evidently divides by the number of known values in every column of numbers.
    frame = pd.DataFrame([_group_line(row, gaps) for row in table.rows]).astype(str)
    sample = Dataset.from_pandas(frame, DataDefinition(categorical_columns=list(frame)))
    Report(metrics).run(sample, None, timestamp=at).save_html(str(out / "groups.html"))


def _untold(gap: float | str) -> bool:
    return isinstance(gap, str) or isnan(gap)


def _group_line(row: GroupRow, gaps: Mapping[tuple[str, str], float | str]) -> dict[str, object]:
    return {
        "field": row.field,
        "group": row.group,
        "examples": row.count,
        "with the outcome": row.positives,
        **{RATES[name].words.en: rate.told for name, rate in row.rates.items()},
        **{f"{rate}{_GAP}": of for (field, rate), of in gaps.items() if field == row.field},
    }


def _in_bins(frame: pd.DataFrame, bins: dict[str, Bins]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            name: np.array(of.labels, dtype=object)[of.places(frame[name].to_numpy())]
            for name, of in bins.items()
        }
    )
