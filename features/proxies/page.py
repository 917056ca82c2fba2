"""The proxy table as a page, in both languages."""

from collections.abc import Iterator, Sequence

from features.groups import NOT_KNOWN
from features.language.feature import Column
from features.language.fields import Choice
from features.language.text import Text
from features.library import FEATURES
from features.proxies.separation import Separation
from features.proxies.table import ProxyTable
from features.tables import children

FEWEST_SHOWN = 10  # fewer children of a group are not counted aloud
INSUFFICIENT = Text("判断材料が不足", "insufficient evidence")
_ANYTHING = Text("…", "…")

_ABOUT = """\
# Proxies 代理となる特徴量

Written by `kizuki catalogue --audit`, from the case file of {as_of}: {examples:,} examples, each a
child on a day on which it was newly reported, of {children:,} children.

No feature reads a protected field. A column can stand for one all the same, where it tells the
children of a group from the rest. The figures are AUROC, folded: the chance that the column alone
tells which of two children, one inside the group and one outside, is which. 0.50 is no better than
a coin, 1.00 is certainty; from 0.70 on a column stands for the group about as well as many a test
that is used to discriminate (Hosmer and Lemeshow 2000). In brackets is the 95 % interval, which
counts children of one household as no strangers (Obuchowski 1997); a missing answer counts as a
value of its own. Of each field the group that the column tells best is shown. That a column tells a
group apart does not make it wrong: it says where to look when a model treats groups differently.
The table has many figures, and one in forty lies above its interval's truth by chance alone.

どの特徴量も保護項目を読みません。それでも、ある集団の児童をほかの児童から見分けられる列は、その項目の
代わりになり得ます。数値は折り返したAUROC、つまり集団の内と外の児童を一人ずつ比べたとき、その列だけで
どちらがどちらかを言い当てる確率です。0.50は硬貨投げと同じ、1.00は確実で、0.70以上は判別に使われる
検査と同じくらいに見分けます。括弧内は95%区間で、同じ世帯の児童は別々のものと数えません。欠測も一つの値として
扱います。各項目で最もよく見分けられる集団を示します。見分けられる列がただちに悪いのではなく、集団によって
結果が違うときに、まず見るべき列を示しています。
"""


def page_of(table: ProxyTable, columns: Sequence[Column]) -> str:
    """The page as Markdown: the groups, then every column, those that tell most first."""
    by_name = {column.name: column for column in columns}
    fields = list(table.counts)
    head = [f"{_words(field).ja} {_words(field).en}" for field in fields]
    lines = [
        _ABOUT.format(as_of=table.as_of, examples=table.examples, children=table.children),
        "## Groups 集団",
        "",
        "| field 項目 | group 集団 | children 児童数 |",
        "|---|---|---:|",
        *_groups(table),
        "",
        "## Columns 列",
        "",
        f"| column | 日本語 | English | {' | '.join(head)} |",
        "|---|---|---|" + "---|" * len(fields),
        *(_row(by_name[name], told, fields) for name, told in table.columns.items()),
    ]
    return "\n".join(lines) + "\n"


def _groups(table: ProxyTable) -> Iterator[str]:
    for field, counts in table.counts.items():
        for group, count in sorted(counts.items(), key=lambda item: (item[0] == NOT_KNOWN, item)):
            few = f"< {FEWEST_SHOWN}" if count < FEWEST_SHOWN else f"{count:,}"
            yield f"| {_words(field).ja} `{field}` | {_group(field, group)} | {few} |"


def _row(column: Column, told: Sequence[Separation], fields: Sequence[str]) -> str:
    words = FEATURES[column.feature].reason.some
    blanks = {"window": column.window.words, "value": _ANYTHING}
    said = words.filled(**{name: text for name, text in blanks.items() if name in words.blanks})
    cells = [_cell([one for one in told if one.field == field]) for field in fields]
    return f"| `{column.name}` | {said.ja} | {said.en} | {' | '.join(cells)} |"


def _cell(told: Sequence[Separation]) -> str:
    """The group that is told best, among those with evidence enough."""
    enough = [one for one in told if one.enough]
    if not enough:
        return f"{INSUFFICIENT.ja} {INSUFFICIENT.en}"
    best = max(enough, key=lambda one: one.auroc)
    return f"{best.auroc:.2f} ({best.low:.2f}–{best.high:.2f}) {_group(best.field, best.group)}"


def _group(field: str, group: str) -> str:
    kind = children.columns[field]
    if isinstance(kind, Choice) and group in kind.allowed:
        return f"{kind.allowed[group].ja} {kind.allowed[group].en}"
    return f"`{group.replace('|', ' ')}`"  # a code of the office's own


def _words(field: str) -> Text:
    return children.columns[field].words
