# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---
"""An audit: who is missed more often, what can be said of whom, and what the outcome hides."""

# %% [markdown]
# # 5. An audit
#
# A score that is right on average can still be wrong for some. We look at the judged children by
# groups that no feature may read, and then, since the town is synthetic, behind the outcome itself.

# %%
import numpy as np
import pandas as pd

from features.case_file import CaseFile
from models.gaps import gap
from models.groups import RATES, Answered, measure_groups
from notebooks.small import SPEC, small_bundle, small_town
from training.judge import group_table
from training.record import REFERENCE

judged = pd.read_parquet(small_bundle() / REFERENCE)
answered = Answered(
    outcomes=judged["label"].to_numpy(float),
    probabilities=judged["probability"].to_numpy(),
    clusters=judged["household"].to_numpy(),
    groups={field: judged[field].to_numpy(object) for field in SPEC.audited_by},
)
print(f"{len(judged):,} judged children, {judged['label'].sum():,.0f} with the outcome")

# %% [markdown]
# ## Who is missed, who is wrongly flagged
#
# At the top fifth of all scores, with 95 % intervals from resamples of whole households. Where a
# group is too small to say anything, that is what the table says: it does not mean that all is
# well.

# %%
groups = measure_groups(answered, np.random.default_rng(1))
heading, *rows = group_table(groups)
pd.DataFrame(rows, columns=heading)

# %%
for field in SPEC.audited_by:
    gaps = {rate: gap(groups, field, rate) for rate in RATES}
    print(field, {rate: "insufficient" if np.isnan(g) else f"{g:.2f}" for rate, g in gaps.items()})

# %% [markdown]
# ## Does a higher score mean the same for everybody?
#
# Among children of one band, the share with the outcome should not depend on the group. Look at the
# counts first: most differences in a small table are chance.

# %%
bands = pd.cut(
    judged["score"], [0, 10, 15, 18, 20], labels=["lower", "middle", "raised", "highest"]
)
pd.pivot_table(
    judged.assign(band=bands), "label", "band", "income_support", ["mean", "count"], observed=True
).round(2)

# %% [markdown]
# ## What the outcome hides
#
# The outcome is a placement: what an office did, not the harm that came. In the town the true harm
# is known, and the two can be held side by side. No office can do this: it is why a placement is
# not to be read as harm, and why children nobody reported are in no measure above.

# %%
cases = CaseFile.read(small_town())
truth = pd.read_parquet(small_town() / "truth.parquet").query("harm >= 2")
harmed = set(truth["child"])
on_file = cases.tables["children"].drop_duplicates("child").set_index("child")
notified = set(cases.tables["notifications"]["child"])
placed = set(cases.tables["placements"]["child"])
fared = pd.DataFrame(
    {
        "gravely harmed": on_file.index.isin(harmed),
        "notified": on_file.index.isin(notified),
        "placed": on_file.index.isin(placed),
    },
    index=on_file.index,
)
pd.crosstab(fared["gravely harmed"], fared["placed"], margins=True)

# %%
by_group = fared[fared["gravely harmed"]].groupby(on_file["income_support"].astype(str))
by_group[["notified", "placed"]].agg(["mean", "count"]).round(2)

# %% [markdown]
# If children of one group are notified or placed more often for the same harm, a model learns that
# too, and no table of the first kind shows it. `kizuki catalogue --audit` tells which columns stand
# for a group; the limits that people wrote are in the card of each model.
