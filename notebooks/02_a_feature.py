# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---
"""A feature: one question, asked in bulk and of one child, with its words and its evidence."""

# %% [markdown]
# # 2. A feature
#
# A feature is one decorated function. From it follow the answer for one child and for many, the
# words of a reason, the rows behind it, its page in `features/CATALOGUE.md`, its test, and its
# fingerprint in the lock of every model that reads it.

# %%
import numpy as np
import pandas as pd

from features.case_file import CaseFile
from features.engines.batch import answer_all
from features.engines.batch_tables import BatchTables
from features.engines.one_child import answer
from features.histories import history_of
from features.language.feature import Reason, feature
from features.language.text import Text
from features.language.windows import EVER, YEAR_1, Window
from features.reading import day_number
from features.tables import children, notifications
from features.telling import tell
from notebooks.small import small_town

cases = CaseFile.read(small_town())

# %% [markdown]
# ## Ask something new
#
# How often has a school told the office about this child? In the library this would be one more
# function in `features/library/prior_notifications.py`, and its example would be run as a test.


# %%
@feature(
    windows=(YEAR_1, EVER),
    reason=Reason(
        some=Text(
            "{window}、学校からの通告が{value}件", "{value} notification(s) by a school {window}"
        ),
        none=Text("{window}、学校からの通告なし", "no notification by a school {window}"),
    ),
    example="""
        cutoff 2024-04-01
        notifications
          happened   | known      | source
          2024-01-10 | 2024-01-10 | school
          2022-06-01 | 2022-06-01 | school
          2024-03-30 | 2024-04-02 | school    <- recorded after the cutoff: never seen
        gives 1y: 1, ever: 2
    """,
)
def school_notification_count(window: Window):
    """Notifications by a school in the window."""
    return notifications.where(notifications.source.is_("school")).within(window).count()


pd.DataFrame(
    [(c.name, str(c.value), c.fingerprint) for c in school_notification_count.columns],
    columns=["column", "question", "fingerprint"],
)

# %% [markdown]
# ## One child: the answer, its words, its evidence

# %%
by_school = cases.tables["notifications"].query("source == 'school'")
child = by_school["child"].value_counts().sort_index(kind="stable").idxmax()
history = history_of(child, cases.around(child), cases.coverage)
cutoff = day_number(cases.as_of)
for column in school_notification_count.columns:
    answered = answer(column.value, history, cutoff)
    words = tell(school_notification_count, column, answered)
    print(words.ja, "/", words.en, "/", answered.evidence)

# %% [markdown]
# ## Many children: the same answers
#
# The compiled engine answers the same question for a whole cohort. That both agree is tested for
# every small expression of the language; here, for a hundred children.

# %%
everybody = sorted(cases.tables["children"]["child"].unique())
values = [column.value for column in school_notification_count.columns]
answers = answer_all(values, BatchTables(cases), everybody, np.full(len(everybody), cutoff))
for place in range(100):
    history = history_of(everybody[place], cases.around(everybody[place]), cases.coverage)
    one = [answer(value, history, cutoff).number for value in values]
    np.testing.assert_array_equal(np.array(one, dtype=float), answers[place])
pd.DataFrame(answers, columns=[c.name for c in school_notification_count.columns]).describe()

# %% [markdown]
# ## What the language refuses
#
# A question that does not say which days it looks at would see the future, and one that reads a
# protected field would learn from it. Neither can be declared.

# %%
try:
    notifications.count()
except ValueError as refused:
    print(type(refused).__name__, refused, sep=": ")


# %%
def is_a_boy(window: Window):
    """Whether the child is a boy."""
    return children.where(children.sex.is_("male")).within(window).exists()


try:
    said = Reason(Text("男児", "a boy"), Text("男児ではない", "not a boy"))
    feature(windows=(EVER,), reason=said, example="")(is_a_boy)
except ValueError as refused:
    print(type(refused).__name__, refused, sep=": ")
