"""The first form: events of offices, and where to find them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_OF_AN_OFFICE = ("offices", "events", "concerned", "kept_tables")
_THERE = "SELECT 1 FROM events WHERE office = NEW.office AND (number = NEW.number OR id = NEW.id)"
_REFUSED = {  # on PostgreSQL, the desk's role has no right to these
    "update": "UPDATE ON events",
    "delete": "DELETE ON events",
    "replace": f"INSERT ON events WHEN EXISTS ({_THERE})",
}


def upgrade() -> None:
    """Make the tables; PostgreSQL shows each transaction the rows of the office that it names."""
    _make_tables()
    if op.get_context().dialect.name == "postgresql":
        for table in _OF_AN_OFFICE:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(
                f"CREATE POLICY of_an_office ON {table} "
                "USING (office = current_setting('kizuki.office', true))"
            )
    else:
        for name, when in _REFUSED.items():
            refuse = "BEGIN SELECT RAISE(ABORT, 'the store is append-only'); END"
            op.execute(f"CREATE TRIGGER events_no_{name} BEFORE {when} {refuse}")


def downgrade() -> None:
    """Take the tables away again, with what is in them."""
    for table in reversed(_OF_AN_OFFICE):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table(
        "offices",
        sa.Column("office", sa.Text, primary_key=True),
        sa.Column("received", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("office", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("received_at", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("of_table", sa.Text, nullable=False),
        sa.Column("of_row", sa.Text, nullable=False),
        sa.Column("known", sa.Date, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.UniqueConstraint("office", "id"),
    )
    op.create_index("events_by_row", "events", ["office", "of_table", "of_row"])
    _make_indexes()


def _make_indexes() -> None:
    op.create_table(
        "concerned",
        *(sa.Column(name, sa.Text, primary_key=True) for name in _CONCERNED),
    )
    op.create_table(
        "kept_tables",
        sa.Column("office", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True),
        sa.ForeignKeyConstraint(["office", "number"], ["events.office", "events.number"]),
    )


_CONCERNED = ("office", "person", "of_table", "of_row")
