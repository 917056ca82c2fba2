"""Candidates: trees with settings that were tried, beside the baselines."""

from collections.abc import Mapping
from dataclasses import replace

from models.spec import ModelSpec
from training.baselines.ways import Sized, Way
from training.fit import fit_trees, margins_of
from training.slices import Taught

DECLARED = "as declared"

Settings = Mapping[str, int | float]


def trees(name: str, spec: ModelSpec, settings: Settings) -> Way:
    """Trees of the spec, grown with these settings."""
    tried = replace(spec, settings=settings)

    def fit(fit: Taught, stop: Taught) -> Sized:
        booster = fit_trees(tried, fit, stop)
        leaves = booster.trees_to_dataframe()["split_feature"].isna().sum()
        return Sized(lambda rows: margins_of(booster, rows), int(leaves))

    return Way(name, fit)
