# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---
"""A town and a score: from case files to a reasoned score, in ten cells."""

# %% [markdown]
# # A town and a score
#
# A synthetic town stands in for an office's case files: nobody in it is real. We look at one
# child's history as it was known on a day, ask it questions, train a model and read one score
# with reasons.
#
# Open this file as a notebook with `jupytext --to ipynb`, or in any editor that knows `# %%` cells.

# %%
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd

from features.case_file import CaseFile
from features.engines.one_child import answer, answer_row
from features.histories import history_of
from features.language.windows import EVER, YEAR_1
from features.library import FEATURES
from features.reading import day_number
from features.tables import notifications
from features.town.town import make_town

town = make_town(children=6000, years=8, seed=7, profile="jp")
cases: CaseFile = town.case_file
pd.Series({name: len(frame) for name, frame in cases.tables.items()}, name="rows")

# %% [markdown]
# ## One child, as known on a day
#
# Every row has two days: when it happened and when the office had it on record. A history asked
# on a cutoff holds nothing that was recorded later, however early it happened.

# %%
counts = cases.tables["notifications"]["child"].value_counts()
child = counts.index[counts == 4].sort_values()[0]
rows = cases.tables["notifications"].query("child == @child")
rows[["happened", "known", "withdrawn", "source", "child_seen"]].sort_values("happened")

# %%
history = history_of(child, cases.around(child), cases.coverage)
police = notifications.where(notifications.source.is_("police"))
for day in sorted({*rows["known"].dt.date, date(2024, 3, 31)}):
    count = answer(notifications.within(EVER).count(), history, day_number(day))
    recent = answer(police.within(YEAR_1).exists(), history, day_number(day))
    print(day, "notifications:", count.number, "by the police in a year:", bool(recent.number))

# %% [markdown]
# The language cannot leak: a question that does not say which days it asks about is refused.

# %%
try:
    notifications.count()
except ValueError as refused:
    print(type(refused).__name__, refused, sep=": ")

# %% [markdown]
# ## A feature
#
# One decorated function gives the answer in bulk and for one child, the words of its reason, the
# rows behind it, its page in `features/CATALOGUE.md`, its test and its fingerprint.

# %%
feature = FEATURES["notification_count"]
print(feature.about, "\n")
print(feature.reason.some.ja, "/", feature.reason.some.en, "\n")
print(feature.example, "\n")
pd.DataFrame(
    [(c.name, str(c.value), c.fingerprint) for c in feature.columns],
    columns=["column", "question", "fingerprint"],
)

# %% [markdown]
# ## A model
#
# `kizuki train placement_24m --cases DIR` does this and puts the model on record; here we hold it
# in hand. The town is small, so its measures are rough: look at the intervals, not at the points.

# %%
from models.specs import spec_of
from training.train import train_model

training = train_model(spec_of("placement_24m"), cases)
pd.DataFrame(
    [(name, *part.about) for name, part in training.slices.by_name.items()],
    columns=["slice", "from", "to", "examples", "with the outcome"],
)

# %%
pd.Series({name: str(estimate) for name, estimate in training.judged.measures.items()}, name="test")

# %% [markdown]
# ## A score, and why
#
# The score is a rank among past cases, never a chance of harm. It advises; a person decides.

# %%
from models.bundle import read_bundle, write_bundle
from models.explain import reasons
from models.red_flags import red_flags
from models.score import score_row

folder = Path(mkdtemp()) / "bundle"
model = training.booster.model_to_string()
write_bundle(folder, training.spec, model, training.fitted, card="tried in a notebook\n")
bundle = read_bundle(folder)

cutoff = day_number(rows["known"].dt.date.max())
row = answer_row(bundle.spec.columns, history, cutoff)
score = score_row(bundle, row)
print(f"score {score.score} of 20, probability {score.probability:.2f}", end=" ")
print(f"(range {score.low:.2f} to {score.high:.2f}), band {score.band.name.words.en}")
print("red flags:", [flag.words.en for flag in red_flags(history, cutoff)])

# %%
told = reasons(bundle.spec, row, score.contributions)
pd.DataFrame(
    [(r.words.ja, r.words.en, round(r.share, 3), len(r.evidence)) for r in told[:8]],
    columns=["根拠", "reason", "share (log-odds)", "rows behind it"],
)

# %% [markdown]
# The shares of all reasons and the base add up to the score, exactly.

# %%
assert abs(sum(reason.share for reason in told) + score.base - score.margin) < 1e-9

# %% [markdown]
# ## What the office cannot know
#
# In the town, and only there, the true harm is known. The label is not the harm: it is what
# somebody reported, assessed and decided.

# %%
harmed = town.truth.query("harm >= 2").groupby("child").size()
notified = pd.Index(cases.tables["notifications"]["child"].unique())
print(f"{len(harmed)} children were harmed gravely; {harmed.index.isin(notified).mean():.0%} of")
print("them were ever the subject of a notification")
