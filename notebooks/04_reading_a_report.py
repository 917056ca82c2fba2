# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---
"""Reading a report: what a score says, why, and where it says that it cannot tell."""

# %% [markdown]
# # 4. Reading a report
#
# A desk takes one child's case file and a cutoff, and gives a reasoned score. `kizuki serve` opens
# one over HTTP; here we hold one in hand and ask it directly. Whoever reads what it says decides:
# the score advises, and a low one is never a reason not to look.

# %%
import json
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd

from features.case_file import CaseFile
from features.commands import request_for
from models.bundle import read_bundle
from models.key_files import signing_key
from notebooks.small import FOLDER, SPEC, small_bundle, small_town
from serving.champions import Champion
from serving.desk import Desk
from serving.endpoints.report import report
from serving.endpoints.score import Request, score
from serving.journal import Journal
from serving.journal.checkpoints import Checkpoints
from serving.shape import read_shape

NOW = datetime(2024, 4, 1, 9, tzinfo=UTC)
numbers, kept = count(1), Path(mkdtemp())
checkpoints = Checkpoints(kept / "checkpoints", signing_key(kept / "key"))
desk = Desk(
    champions={SPEC.name: Champion(read_bundle(small_bundle()), 1, "a notebook", NOW)},
    model=SPEC.name,
    language="en",
    journal=Journal(kept / "journal.db", checkpoints, kept / "children.keys", lambda: 0.0),
    clock=lambda: NOW,
    new_id=lambda: f"answer-{next(numbers)}",
)


def ask(request: dict) -> dict:
    """The desk's answer to a request."""
    return json.loads(score(desk, read_shape(Request, request)))


# %% [markdown]
# ## Whom to look at
#
# The children notified last, each asked about on the day the office learnt of it.

# %%
cases = CaseFile.read(small_town())
newest = cases.tables["notifications"].sort_values(["known", "id"]).tail(30)
requests = [
    request_for(cases, child, day)
    for child, day in zip(newest["child"], newest["known"].dt.date, strict=True)
]
answers = [ask(request) for request in requests]
bands = [answer["band"]["words"] if answer["band"] else "cannot tell" for answer in answers]
pd.Series(bands).value_counts().rename("scores by band")

# %% [markdown]
# ## From top to bottom
#
# First the signs of grave danger: fixed rules, apart from the score, to be looked at however low it
# is. Then the score, a rank among past cases and no chance of harm; then how past children of the
# same band fared, which is the figure to keep in mind.

# %%
scored = [at for at in range(len(answers)) if answers[at]["score"] is not None]
place = max(scored, key=lambda at: (len(answers[at]["redFlags"]), answers[at]["score"]))
answer = answers[place]
print(answer["advice"])
print("red flags:", [flag["words"] for flag in answer["redFlags"]])
print(f"score {answer['score']} of 20, band {answer['band']['words']}: {answer['band']['told']}")
low, high = answer["range"]["low"], answer["range"]["high"]
print(f"chance {answer['probability']:.0%}, range {low:.0%} to {high:.0%}")

# %% [markdown]
# ## Why
#
# Each reason has its share of the score, and the rows that it was made from. A reason says what the
# child has in common with past cases: it is no cause, and blames nobody.

# %%
pd.DataFrame(
    [
        (r["direction"], r["words"], round(r["share"], 3), [row["id"] for row in r["evidence"]][:3])
        for r in answer["reasons"]
    ],
    columns=["direction", "reason", "share (log-odds)", "rows behind it"],
)

# %% [markdown]
# The reasons shown, all others and the base add up to the score, exactly.

# %%
parts = answer["contributions"]
assert abs(parts["base"] + parts["shown"] + parts["others"] - parts["margin"]) < 1e-9
parts

# %% [markdown]
# ## Unknown is not no
#
# An empty table means that nothing happened; a table that is left out means that the office does
# not keep it. Without the table of children the age is not known: no number then, and no reason.
# The signs of grave danger still stand.

# %%
without = json.loads(json.dumps(requests[place]))
del without["caseFile"]["children"]
unknown = ask(without)
print(unknown["score"], [why["words"] for why in unknown["cannotTell"]])
print("red flags:", [flag["words"] for flag in unknown["redFlags"]])

# %% [markdown]
# ## The page
#
# The same, for a specialist, in Japanese. It needs nothing but itself: open it in a browser.

# %%
page = FOLDER / "report.ja.html"
asked = read_shape(Request, {**requests[place], "language": "ja"})
page.write_bytes(report(desk, asked))
print("the report of this score:", page)
desk.journal.close()
