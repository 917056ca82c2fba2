"""The database where pairs are compared: what its SQL may not do, whoever wrote it."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from features.linking.duckdb_engine import on_duckdb

READING = (
    "SELECT * FROM read_text('{file}')",
    "SELECT * FROM read_blob('{file}')",
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM read_csv_auto('{file}')",
    "SELECT * FROM read_json('{file}')",
    "SELECT * FROM read_json_auto('{file}')",
    "SELECT * FROM read_json_objects('{file}')",
    "SELECT * FROM read_ndjson('{file}')",
    "SELECT * FROM read_parquet('{file}')",
    "SELECT * FROM parquet_scan('{file}')",
    "SELECT * FROM parquet_metadata('{file}')",
    "SELECT * FROM sniff_csv('{file}')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM '{file}'",
    "SELECT * FROM '{folder}/*.csv'",
    "SELECT * FROM '/etc/passwd.csv'",
    "CREATE TABLE taken AS FROM '{file}'",
    "COPY kept FROM '{file}'",
    "IMPORT DATABASE '{folder}'",
    "ATTACH '{folder}/other.db'",
    "ATTACH '{folder}/other.db' AS other (READ_ONLY)",
    "ATTACH '{folder}/store.db' AS store (TYPE sqlite)",
)
WRITING = (
    "COPY kept TO '{folder}/out.csv'",
    "COPY kept TO '{folder}/out.parquet' (FORMAT parquet)",
    "COPY (SELECT 1) TO '{folder}/out.json'",
    "EXPORT DATABASE '{folder}/out'",
)
CALLING = (
    "SELECT * FROM read_csv('http://127.0.0.1:{port}/a.csv')",
    "SELECT * FROM read_text('http://127.0.0.1:{port}/a')",
    "SELECT * FROM read_parquet('s3://bucket/a.parquet')",
    "SELECT * FROM 'http://127.0.0.1:{port}/a.csv'",
    "SELECT * FROM 'https://127.0.0.1:{port}/a.parquet'",
    "ATTACH 'http://127.0.0.1:{port}/a.db' AS other",
    "ATTACH 'host=127.0.0.1 port={port}' AS other (TYPE postgres)",
    "INSTALL httpfs",
    "INSTALL httpfs FROM 'http://127.0.0.1:{port}'",
    "INSTALL spatial FROM community",
    "LOAD httpfs",
    "LOAD '{folder}/own.duckdb_extension'",
)
LOOSENING = (
    "SET enable_external_access = true",
    "RESET enable_external_access",
    "SET allowed_directories = ['{folder}']",
    "SET allowed_paths = ['{file}']",
    "SET autoinstall_known_extensions = true",
    "SET autoload_known_extensions = true",
    "SET allow_community_extensions = true",
    "SET allow_unsigned_extensions = true",
    "SET lock_configuration = false",
)
NOT_PERMITTED = "disabled by conf|disabled through conf|Cannot change conf|requires the extension"
CORPUS = (*READING, *WRITING, *CALLING, *LOOSENING)


@pytest.fixture(scope="module")
def database() -> Iterator[Any]:
    with on_duckdb() as opened:
        opened._con.execute("CREATE TABLE kept (a VARCHAR)")
        yield opened._con


@pytest.mark.parametrize("sql", CORPUS)
def test_no_file_is_read_or_written_and_nobody_called(
    sql: str, database: Any, tmp_path: Path
) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a\nsecret\n")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        port = listening.getsockname()[1]
        with pytest.raises(duckdb.Error, match=NOT_PERMITTED):
            database.execute(sql.format(file=file, folder=tmp_path, port=port))
        with pytest.raises(BlockingIOError):
            listening.accept()
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_the_corpus_is_what_was_promised() -> None:
    assert len(set(CORPUS)) >= 40


def test_a_database_that_is_open_would_have_read_it(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\nsecret\n")
    with duckdb.connect() as careless:
        rows = careless.execute(READING[2].format(file=tmp_path / "secret.csv")).fetchall()
    assert rows == [("secret",)]
