"""The one door to Splink: how likely two records are of the same person, learnt without labels.

The model is that of Fellegi and Sunter (1969): each comparison adds a weight for or against, and
the weights are learnt by expectation maximisation from the records themselves.
"""

import logging
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
from splink import Linker, SettingsCreator, block_on

from features.linking.comparisons import COMPARISONS, KEYS, Comparison
from features.linking.records import COLUMNS

LEAST_PROBABILITY = 0.001  # pairs less likely than this are not told at all
SEED = 20_240_401
# Who agrees on one of these is almost surely one person, and about this share is found so.
SURE = (("family_key", "given_key", "born"), ("family", "given", "born"))
SHARE_FOUND = 0.8
TRAINED_ON = (("born",), ("family_key", "given_key"))
SAMPLED_PAIRS = 5e5
# With fewer pairs than these there is too little to learn from, and the comparisons' own figures
# stand: of two persons, and of pairs that agree on one of TRAINED_ON.
LEAST_PAIRS, LEAST_ALIKE = 100_000, 100


def score_pairs(records: pd.DataFrame, database: Any) -> pd.DataFrame:
    """Every two records of different agencies that may be of one person.

    `records` has the columns of records.COLUMNS, and `database` is one of Splink's. Gives a row per
    pair, ordered by `agency_a`, `person_a`, `agency_b`, `person_b`; with its `probability` and, for
    each comparison, the name of its level (None where unknown) and its weight in bits, in columns
    called `<comparison>` and `<comparison>_weight`.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    if records["agency"].nunique() < 2:
        return _pairs(pd.DataFrame(columns=_names_of_splink()))
    tables = [
        database.register(_table(rows), dataset_display_name=str(agency))
        for agency, rows in records.groupby("agency", sort=True)
    ]
    linker = Linker(tables, _settings(_share_of_one_person(records)), log_level=None)
    _train(linker, records)
    scored = linker.inference.predict(
        threshold_match_probability=LEAST_PROBABILITY, warning_mode="never"
    )
    return _pairs(scored.as_pyarrow_table().to_pandas())


def _share_of_one_person(records: pd.DataFrame) -> float:
    """The share of all pairs that are of one person, by those who agree on one of SURE."""
    one, other = SURE
    both = tuple(dict.fromkeys((*one, *other)))
    sure = _alike(records, one) + _alike(records, other) - _alike(records, both)
    return min(max(sure, 1) / SHARE_FOUND / (_alike(records, ()) + 2), 0.5)


def _alike(records: pd.DataFrame, key: Sequence[str]) -> int:
    """How many pairs of two agencies agree on all columns of the key; of none, all pairs."""
    known = records.dropna(subset=list(key))
    within = known.groupby(["agency", *key]).size()
    altogether = within.groupby(list(key)).sum() if key else pd.Series([len(known)])
    return int((altogether**2).sum() - (within**2).sum()) // 2


def _table(rows: pd.DataFrame) -> pa.Table:
    lists = {"housemates": pa.list_(pa.string())}
    schema = pa.schema([(name, lists.get(name, pa.string())) for name in COLUMNS])
    return pa.Table.from_pandas(rows, schema, preserve_index=False).replace_schema_metadata(None)


def _settings(share_of_one_person: float) -> SettingsCreator:
    return SettingsCreator(
        probability_two_random_records_match=share_of_one_person,
        link_type="link_only",
        unique_id_column_name="person",
        comparisons=[_spelled_out(comparison) for comparison in COMPARISONS],
        blocking_rules_to_generate_predictions=[_rule(key) for key in KEYS],
        retain_intermediate_calculation_columns=True,
        retain_matching_columns=True,
        linker_uid="kizuki",
    )


def _rule(key: Sequence[str]) -> Any:
    lists = [column for column in key if column == "housemates"]
    return block_on(*key, arrays_to_explode=lists or None)


def _spelled_out(comparison: Comparison) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": comparison.unknown, "is_null_level": True, "label_for_charts": "unknown"}
    ]
    for level in comparison.levels:
        said = {
            "sql_condition": level.holds,
            "label_for_charts": level.name,
            "m_probability": level.same,
            "u_probability": level.other,
            "fix_u_probability": level.rare,
        }
        levels.append(
            said if level.common is None else said | {"tf_adjustment_column": level.common}
        )
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def _train(linker: Linker, records: pd.DataFrame) -> None:
    training = linker.training
    if _alike(records, ()) < LEAST_PAIRS:
        return
    training.estimate_u_using_random_sampling(
        max_pairs=SAMPLED_PAIRS, seed=SEED, min_count_per_level=None
    )
    for key in TRAINED_ON:
        if _alike(records, key) >= LEAST_ALIKE:
            training.estimate_parameters_using_expectation_maximisation(
                block_on(*key), estimate_without_term_frequencies=True
            )


def _pairs(scored: pd.DataFrame) -> pd.DataFrame:
    """Splink's columns under our names: its levels are counted from 0, the last of ours, up."""
    pairs = {
        "agency_a": scored["source_dataset_l"],
        "person_a": scored["person_l"],
        "agency_b": scored["source_dataset_r"],
        "person_b": scored["person_r"],
        "probability": scored["match_probability"],
    }
    for comparison in COMPARISONS:
        names = {-1: None} | {
            place: level.name for place, level in enumerate(reversed(comparison.levels))
        }
        weight = scored[f"mw_{comparison.name}"]
        if any(level.common for level in comparison.levels):
            weight = weight + scored[f"mw_tf_adj_{comparison.name}"]
        pairs[comparison.name] = scored[f"gamma_{comparison.name}"].map(names)
        pairs[f"{comparison.name}_weight"] = weight
    frame = pd.DataFrame(pairs)
    return frame.sort_values(["agency_a", "person_a", "agency_b", "person_b"], ignore_index=True)


def _names_of_splink() -> list[str]:
    ends = [f"{name}_{side}" for name in ("source_dataset", "person") for side in "lr"]
    told = [f"{kind}_{c.name}" for c in COMPARISONS for kind in ("gamma", "mw", "mw_tf_adj")]
    return [*ends, "match_probability", *told]
