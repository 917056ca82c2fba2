# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---
"""A town and a score: what a case file is, what was known on which day, and what it comes to."""

# %% [markdown]
# # 1. A town and a score
#
# A synthetic town stands in for an office's case files: nobody in it is real. We look at its
# tables, at one child as known on a day, at that child's score, and at what no office can know.
#
# Open this file as a notebook with `jupytext --to ipynb`, or in any editor that knows `# %%` cells.
# Five notebooks share one town: whichever is opened first makes it.

# %%
from datetime import date

import pandas as pd

from features.case_file import CaseFile
from features.engines.one_child import answer, answer_row
from features.histories import history_of
from features.language.windows import EVER, YEAR_1
from features.reading import day_number
from features.rows.timeline import timeline
from features.tables import notifications
from features.town.town import TRUTH
from models.bundle import read_bundle
from models.explain import reasons
from models.scoring import tell
from notebooks.small import small_bundle, small_town

cases = CaseFile.read(small_town())
pd.Series({name: len(frame) for name, frame in cases.tables.items()}, name="rows")

# %% [markdown]
# ## Two days in every row
#
# `happened` is when it took place, `known` when the office had it on record. They can lie months
# apart, and a model that mixed them up would know the future.

# %%
told = cases.tables["notifications"]
counts = told["child"].value_counts()
child = counts.index[counts == 4].sort_values()[0]
told.query("child == @child")[["happened", "known", "source", "child_seen"]]

# %%
for name in ("notifications", "findings", "agency_events"):
    late = (cases.tables[name]["known"] - cases.tables[name]["happened"]).dt.days
    print(f"{name}: known after {late.median():.0f} days in the median, {late.quantile(0.95):.0f}")
    print("  or fewer in 95 % of the rows")

# %% [markdown]
# ## One child, as known on a day
#
# A history asked on a cutoff holds nothing that was recorded later, however early it happened. The
# same questions on two days give two answers.

# %%
history = history_of(child, cases.around(child), cases.coverage)
police = notifications.where(notifications.source.is_("police"))
known = sorted(told.query("child == @child")["known"].dt.date)
for day in (known[0], known[-1], date(2024, 3, 31)):
    count = answer(notifications.within(EVER).count(), history, day_number(day))
    recent = answer(police.within(YEAR_1).exists(), history, day_number(day))
    print(day, "notifications:", count.number, " by the police in a year:", bool(recent.number))

# %%
print(*list(timeline(history, day_number(known[1]), "en"))[-12:], sep="\n")

# %% [markdown]
# ## The score of that child
#
# All answers of one child and day are a row; a model makes a score of it, from 1 to 20, and says
# what raised or lowered it most. It advises: a person decides. How it is trained is told in the
# third notebook, how it is read in the fourth.

# %%
bundle = read_bundle(small_bundle())
row = answer_row(bundle.spec.columns, history, day_number(known[-1]))
score, untold = tell(bundle, history, day_number(known[-1]), row)
if score is None:
    print("no score:", *[why.code for why in untold])
else:
    print(f"score {score.score} of 20: {score.probability:.0%}", end=" ")
    print(f"within {score.low:.0%} to {score.high:.0%}")
    for reason in reasons(bundle.spec, row, score.contributions)[:5]:
        print(f"{reason.share:+.2f}  {reason.words.en}")

# %% [markdown]
# ## What the office cannot know
#
# In the town, and only there, the true harm is known. It lies in a file of its own, which nothing
# that learns ever reads. To be notified at some time is not to be seen when it mattered, and a
# placement is not harm: a model can only learn from what somebody saw, reported and decided.

# %%
truth = pd.read_parquet(small_town() / TRUTH)
harmed = truth.query("harm >= 2").groupby("child").size()
notified = pd.Index(told["child"].unique())
placed = pd.Index(cases.tables["placements"]["child"].unique())
print(f"{len(harmed):,} children were gravely harmed at some time; of them")
print(f"  {harmed.index.isin(notified).mean():.0%} were ever the subject of a notification")
print(
    f"  {harmed.index.isin(placed).mean():.0%} were ever placed, which the model calls the outcome"
)
