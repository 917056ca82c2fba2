"""A mapping file or a table that is wrong: one line that names file, table and key."""

import gzip
from pathlib import Path

import pytest

from features.errors import KizukiError
from features.sources.mapped_tables import import_tables
from features.sources.mapping_file import read_mapping
from tests.sources.test_mapped_tables import HEAD, NOTIFICATIONS, SOURCE

GOOD = HEAD + NOTIFICATIONS + SOURCE
TABLE = "mapping.toml: tables[1] (reports to notifications): "
WRONG = {
    "not TOML": ("as_of = 2024-03-31", "as_of = ", "mapping.toml: this is not TOML"),
    "no day": ("as_of = 2024-03-31", "", "mapping.toml: as_of: is missing"),
    "text for a day": ("2024-03-31", '"2024-03-31"', "mapping.toml: as_of: must be a day"),
    "a key unheard of": ("as_of", "color = 1\nas_of", "mapping.toml: color: there is no such key"),
    "a path that leads out": ("reports.csv", "../a.csv", "files.reports: path: must stay inside"),
    "an absolute path": ("reports.csv", "/a.csv", "files.reports: path: must stay inside"),
    "a kind of file": ("reports.csv", "reports.xls", "files.reports: path: must end in one of"),
    "a date format": ("%d/%m/%Y", "%d/%Y", "files.reports: dates: must be a format"),
    "an encoding": ('dates = "', 'encoding = "ut8f", dates = "', "encoding: there is no such"),
    "no such file": (
        'from = "reports"', 'from = "report"',
        "tables[1] (report to notifications): from: there is no such file; there are: reports",
    ),
    "no such table": ('to = "notifications"', 'to = "notes"', "to: there is no such table"),
    "no such field": (
        "fields.source", "fields.sauce", TABLE + "fields: sauce: there is no such field",
    ),
    "a required field": ('child = "child"', "", TABLE + "fields: child: is missing"),
    "a code unheard of": ('"police"', '"cops"', TABLE + "fields: source: map.PO: must be one of"),
    "a key of a cell": ("map =", "mop =", TABLE + "fields: source: mop: there is no such key"),
    "a constant": (
        SOURCE, "anonymous = { value = 3 }",
        TABLE + "fields: anonymous: value: must be true or false",
    ),
    "columns for a code": (
        SOURCE, 'source = { columns = ["who", "day"] }', "only an identifier, or a code with a map",
    ),
    "formats of dates": (
        '"%d/%m/%Y"', '["%d/%m/%Y", "%Y"]', "files.reports: dates: must be a format",
    ),
    "what stands for a blank day": (
        'known = "day"', 'known = { column = "day", blank = "today" }',
        TABLE + 'fields: known: blank: can only be "as_of"',
    ),
    "a prefix of a code": ('column = "who"', 'column = "who"\nprefix = "a"',
        TABLE + "fields: source: prefix: can only stand before an identifier"),
    "what other codes are": ('column = "who"', 'column = "who"\nothers = "police"',
        TABLE + 'fields: source: others: can only be "unknown"'),
    "a table of texts": ('dates = "', 'not_taken = { a = 1 }, dates = "',
        "files.reports: not_taken: must be a table of texts"),
    "an empty list": (
        "[tables.fields]", 'continues = { column = "a", is = [], same = ["a"] }\n[tables.fields]',
        "continues: is: must be a list of texts",
    ),
    "a join to nothing": ('[tables.fields]', 'joins = [{ file = "x", column = "a", key = "b" }]\n'
        '[tables.fields]', "joins[1]: file: there is no such file; there are: reports"),
    "corrections twice": (
        '[tables.fields]', 'once = true\n[tables.fields]\nwithdrawn = "day"',
        "once: makes the corrections, so withdrawn cannot be given",
    ),
    "an item of what is not there": (
        '[tables.fields]', 'each = "x"\nskip = [{ column = "y", is = ["", 1], because = "" }]\n'
        "[tables.fields]", "skip[1]: is: must be a list of texts",
    ),
    "an end where nothing lasts": (SOURCE, 'until = "day"', "until: there is no such field"),
}  # fmt: skip


def mapping(folder: Path, text: str) -> Path:
    path = folder / "mapping.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_mapping_is_named_by_file_table_and_key(tmp_path: Path, wrong: str) -> None:
    right, instead, told = WRONG[wrong]
    assert right in GOOD
    with pytest.raises(KizukiError) as error:
        read_mapping(mapping(tmp_path, GOOD.replace(right, instead, 1)))
    assert str(error.value).startswith("mapping.toml: ")
    assert told in str(error.value)


BROKEN = {
    "another column": (b"number,child,date\n", "reports.csv has no column day; it has: number"),
    "no header": (b"", "reports.csv: the file is empty"),
    "a column twice": (b"child,child\n", "reports.csv: line 1: the header must name"),
    "another encoding": ("number\n通告".encode("cp932"), "the text is not utf-8-sig; name its"),
    "a quote left open": (b'number,child,day,who\n"1,A\n', "line 2: this is not well-formed CSV"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_table_that_cannot_be_read_is_named(tmp_path: Path, broken: str) -> None:
    content, told = BROKEN[broken]
    (tmp_path / "reports.csv").write_bytes(content)
    with pytest.raises(KizukiError) as error:
        import_tables(read_mapping(mapping(tmp_path, GOOD)), tmp_path)
    assert told in str(error.value)


WHOLE = gzip.compress(b"number,child,day,who\n" * 99, mtime=0)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("reports.csv.gz", b"number", "no gzip"),
        ("reports.csv.gz", WHOLE[:-12], "breaks off"),
        ("reports.parquet", b"number", "cannot be read"),
    ],
    ids=["no gzip", "gzip that breaks off", "no parquet"],
)
def test_a_file_that_is_not_what_its_name_says(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(KizukiError, match=told):
        import_tables(read_mapping(mapping(tmp_path, GOOD.replace("reports.csv", name))), tmp_path)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KizukiError, match="no such file"):
        read_mapping(tmp_path / "mapping.toml")
    good = read_mapping(mapping(tmp_path, GOOD))
    with pytest.raises(KizukiError, match="no such file"):
        import_tables(good, tmp_path)
    with pytest.raises(KizukiError, match="no such folder"):
        import_tables(good, tmp_path / "nowhere")


def test_another_encoding_is_read_once_it_is_named(tmp_path: Path) -> None:
    text = "number,child,day,who\n通告1,A,01/02/2024,PO\n"
    (tmp_path / "reports.csv").write_bytes(text.encode("cp932"))
    named = GOOD.replace('dates = "', 'encoding = "cp932", dates = "')
    case_file, _ = import_tables(read_mapping(mapping(tmp_path, named)), tmp_path)
    assert list(case_file.tables["notifications"]["id"]) == ["通告1"]
