"""Append-only tables of SQLite: what is in them can be read, and never be changed or taken out."""


def append_only(table: str, *keys: str, called: str) -> str:
    """The SQL of triggers that refuse every change of a table's rows, which is told as `called`.

    `keys` are its unique columns: a row that would replace another by one of them is refused too.
    """
    taken = " OR ".join(f"{key} = NEW.{key}" for key in keys)
    replaces = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken})"  # noqa: S608  # our own names
    refuse = f"BEGIN SELECT RAISE(ABORT, '{called} is append-only'); END;"
    return f"""
CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} {refuse}
CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table} {refuse}
CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table} {replaces} {refuse}
"""
