# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---
"""A model: from a spec to gates, and what its scores are worth for the hours there are."""

# %% [markdown]
# # 3. A model
#
# Everything about a model is said in its spec (`models/placement_24m/spec.py`) and nowhere else.
# `kizuki train placement_24m --cases DIR` does what this notebook does, and puts it on record.

# %%
import pandas as pd

from models.measures import MEASURES
from notebooks.small import MODEL, SPEC, small_training

print(SPEC.title.en, "/", SPEC.label.about.en)
print(len(SPEC.features), "features in", len(SPEC.columns), "columns; rises with", len(SPEC.rising))
pd.Series([str(gate) for gate in SPEC.gates], name="gates")

# %% [markdown]
# ## Train
#
# Older cases are learnt from, later ones calibrate, the latest judge. In five rotations every
# household is judged once, by trees that have never seen it.

# %%
training = small_training()
pd.DataFrame(
    [(name, *part.about) for name, part in training.slices.by_name.items()],
    columns=["slice", "from", "to", "examples", "with the outcome"],
)

# %% [markdown]
# ## Measures, and what a simple rule would do
#
# The town is small, so everything is rough: look at the intervals, not at the points. A model that
# does not keep up with what could be done on paper is not worth its trouble.

# %%
judged = training.judged
told = {MEASURES[name].words.en: str(estimate) for name, estimate in judged.measures.items()}
told |= {f"AUROC of a {one.name}": str(one.auroc) for one in judged.baselines}
pd.Series(told, name="on children that were not learnt from")

# %%
for result in judged.gates:
    print("holds" if result.holds else "fails", str(result.gate), result.told, sep="  ")

# %% [markdown]
# A gate that fails stops `kizuki promote`, and so does insufficient evidence: on a town of this
# size either can happen, and either is an answer. With so little history the range of most children
# is too wide, and the desk would say "cannot tell". `kizuki learning-curve` tells whether more
# history would help.
#
# ## What is kept
#
# A bundle is text and plain numbers with checksums; nothing in it can run. Beside it lies the
# reference: the judged children without their ids, for the watch, the plan and the audit.

# %%
print(*sorted(str(path.relative_to(MODEL)) for path in MODEL.rglob("*.*")), sep="\n")

# %% [markdown]
# ## What the scores are worth
#
# An office has hours, not thresholds. `kizuki plan` tells for the hours there are whom a cutoff
# reaches, misses and wrongly flags. A child below it is not safe: it is seen to as always, and one
# without a score by the office's own policy. Both are counted, with those who had the outcome.

# %%
from notebooks.small import small_bundle
from training.planning.judged_slice import read_judged
from training.planning.plan import FIGURES, Means, make_plan

slice_ = read_judged(small_bundle(), SPEC)
plan = make_plan(slice_, Means(hours=12, hours_per_case=4, notified=slice_.a_week))
pd.DataFrame(
    [
        (
            cutoff.score,
            f"{cutoff.hours:.0f}",
            *(f"{100 * cutoff.figures[n].value:.0f}" for n in FIGURES),
        )
        for cutoff in reversed(plan.cutoffs)
    ],
    columns=["cutoff score", "hours a week", *FIGURES],
).head(8)
