"""The glossary as a page: the words of the house, and every table and field of the case file."""

from collections.abc import Iterator

from features.language.fields import (
    Choice,
    Code,
    Day,
    Field,
    Flag,
    Name,
    Number,
    Person,
    Reference,
)
from features.language.roles import Role
from features.language.rows import Table
from features.language.terms import TERMS
from features.language.text import Text
from features.tables import ROW_FIELDS, TABLES

_TYPES: dict[type[Field], Text] = {
    Choice: Text("選択", "choice"),
    Code: Text("番号", "code"),
    Day: Text("日付", "day"),
    Flag: Text("はい・いいえ", "yes or no"),
    Name: Text("名前", "name"),
    Number: Text("数", "number"),
    Person: Text("人", "person"),
    Reference: Text("参照", "reference"),
}
ONCE_ENDED = "（終了後 once ended）"
_FIELD_TABLE = (
    "| field | 日本語 | English | type | allowed | marks |",
    "|---|---|---|---|---|---|",
)


def glossary_page() -> str:
    """GLOSSARY.md as text."""
    lines = [
        "# Glossary 用語集",
        "",
        "Written by `kizuki catalogue`; do not edit.",
        "",
        "## Words ことば",
        "",
        "| code | 日本語 | meaning |",
        "|---|---|---|",
        *(f"| {term.code} | {term.ja} | {term.meaning} |" for term in TERMS),
        "",
        "## Roles 立場",
        "",
        "| code | 日本語 | English |",
        "|---|---|---|",
        *(f"| `{role.value}` | {role.words.ja} | {role.words.en} |" for role in Role),
        "",
        "## The case file 児童記録",
        "",
        "A field that is not filled in is unknown, which is neither yes nor no. What is",
        "**protected** is kept for audits alone (監査専用): no feature may read it.",
        "",
        "### Every row すべての行",
        "",
        *_FIELD_TABLE,
        *map(_field, ROW_FIELDS, ROW_FIELDS.values()),
    ]
    for table in TABLES.values():
        lines += ["", *_table(table)]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> Iterator[str]:
    yield f"### {table.name} {table.words.ja}"
    yield ""
    yield (type(table).__doc__ or "").strip()
    yield (
        "A row lasts, from `happened` until `until` (期間のある行)."
        if table.spans
        else "A row is of one day (一日の行)."
    )
    yield ""
    yield from _FIELD_TABLE
    yield from map(_field, table.columns, table.columns.values())


def _field(name: str, field: Field) -> str:
    kind = _TYPES[type(field)]
    marks = [("required 必須", field.required), ("**protected** 監査専用", field.protected)]
    said = "; ".join(word for word, holds in marks if holds)
    cells = (f"`{name}`", field.words.ja, field.words.en, _both(kind), _allowed(field), said)
    return f"| {' | '.join(cells)} |"


def _allowed(field: Field) -> str:
    match field:
        case Choice():
            return "<br>".join(
                f"`{code}` {_both(text)}{ONCE_ENDED if code in field.ends else ''}"
                for code, text in field.allowed.items()
            )
        case Number():
            return f"{field.least:g} – {field.most:g} {_both(field.unit)}"
        case Reference():
            return f"an id of `{field.to}`"
        case _:
            return ""


def _both(text: Text) -> str:
    return f"{text.ja} / {text.en}"
