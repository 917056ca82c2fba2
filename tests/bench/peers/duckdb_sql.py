"""DuckDB, by hand: range joins and filtered aggregates, one statement a table.

Codes become ENUMs when the tables are loaded, so that a condition compares small numbers, and sets
of codes are bits. The pairs come in parts: a part's smallest and largest child are pushed down into
the scans, and since a table is in the order of its children most of it is never read.
"""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from features.language.fields import Choice, Day
from features.language.rows import Table
from features.tables import TABLES
from tests.bench.peers.answers import PLACES, Answers, asked_fields, empty_answers
from tests.bench.world import RECORDED

STATEMENTS = Path(__file__).with_suffix(".sql").read_text("utf-8").split(";\n")
NEVER = "DATE '9999-12-31'"
BITS = ("kind", "source", "site")  # codes of which different ones are counted

ONCE = """
CREATE MACRO known_kinds(bits, there) AS coalesce(bit_count(bits), CASE WHEN there = 0 THEN 0 END);
CREATE MACRO known_sum(total, there) AS coalesce(total, CASE WHEN there = 0 THEN 0 END);
CREATE TABLE links AS
SELECT child, person, known, withdrawn, until,
  CASE WHEN relation IN ('sibling', 'half_sibling', 'step_sibling') THEN 'sibling'
    ELSE 'adult' END::ENUM ('sibling', 'adult', 'abuser') AS role
FROM members WHERE relation <> 'other_child'
UNION ALL
SELECT child, abuser, known, withdrawn, DATE '9999-12-31', 'abuser' FROM allegations
WHERE abuser IS NOT NULL ORDER BY child;
CREATE TABLE allegations_concerning AS
SELECT child AS concerned, child AS subject, id, happened, known, withdrawn FROM allegations
UNION ALL
SELECT abuser, child, id, happened, known, withdrawn FROM allegations WHERE abuser IS NOT NULL;
CREATE TABLE findings_concerning AS
SELECT child AS concerned, child AS subject, id, happened, known, withdrawn, severity
FROM findings WHERE outcome = 'substantiated'
UNION ALL
SELECT abuser, child, id, happened, known, withdrawn, severity
FROM findings WHERE outcome = 'substantiated' AND abuser IS NOT NULL;
"""


def load(folder: Path) -> duckdb.DuckDBPyConnection:
    """The tables of a case file in a database in memory, which uses both cores."""
    con = duckdb.connect(config={"threads": 2, "preserve_insertion_order": True})
    for name in RECORDED:
        con.execute(
            f"CREATE TABLE {name} AS SELECT {', '.join(_columns(TABLES[name]))} "  # noqa: S608
            f"FROM read_parquet('{folder / name}.parquet')"
        )
    con.execute(ONCE)
    return con


def answer(con: duckdb.DuckDBPyConnection, pairs: pa.Table) -> Answers:
    """Every question answered for a part of the pairs."""
    numbered = pairs.append_column("pair", pa.array(np.arange(len(pairs), dtype=np.int32)))
    con.register("these", numbered)
    con.execute("CREATE OR REPLACE TEMP TABLE pairs AS SELECT pair, child, cutoff FROM these")
    answers = empty_answers(len(pairs))
    for statement in STATEMENTS:
        if "CREATE OR REPLACE" in statement:
            con.execute(statement)
        elif statement.strip():
            _put(answers, con.sql(statement))
    return answers


def _put(answers: Answers, made: duckdb.DuckDBPyRelation) -> None:
    names = [name for name in made.columns if name != "pair"]
    as_numbers = ", ".join(f"{name}::DOUBLE AS {name}" for name in names)
    columns = made.project(f"pair, {as_numbers}").fetchnumpy()
    for name in names:
        answers[columns["pair"], PLACES[name]] = np.ma.filled(columns[name], np.nan)


def _columns(table: Table) -> list[str]:
    """The table's columns as they are loaded: codes as ENUMs, open ends as a day far away."""
    columns = []
    for name, field in asked_fields(table).items():
        if isinstance(field, Choice):
            kind = f"ENUM ({', '.join(repr(code) for code in field.allowed)})"
            columns.append(f"{name}::{kind} AS {name}")
            if name in BITS:
                columns.append(f"1 << enum_code({name}::{kind})::INT AS {name}_bit")
        elif isinstance(field, Day) and name in ("withdrawn", "until"):
            columns.append(f"coalesce({name}, {NEVER}) AS {name}")
        else:
            columns.append(name)
    return columns
