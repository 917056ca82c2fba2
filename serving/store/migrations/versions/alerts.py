"""The second form: alerts, and up to which event each office was looked at for them."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_FILLED = ("offices", "events", "concerned")


def upgrade() -> None:
    """Make the table; what was told before is taken as looked at."""
    op.add_column("offices", sa.Column("looked", sa.BigInteger, nullable=False, server_default="0"))
    op.create_index("concerned_by_row", "concerned", ["office", "of_table", "of_row"])
    op.create_table(
        "alerts",
        sa.Column("office", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("child", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("cutoff", sa.Date, nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("band_before", sa.Text),
        sa.Column("band", sa.Text),
        sa.Column("red_flags", sa.Text, nullable=False),
        sa.Column("score_id", sa.Text, nullable=False),
        sa.UniqueConstraint("office", "id"),
    )
    on_postgresql = op.get_context().dialect.name == "postgresql"
    if on_postgresql:
        _wall("ENABLE", "alerts")
        _wall("FORCE", "alerts")
        op.execute(
            "CREATE POLICY of_an_office ON alerts "
            "USING (office = current_setting('kizuki.office', true))"
        )
        _wall("NO FORCE", *_FILLED)  # else not even the owner sees a row to fill in
    _fill(op.get_bind())
    if on_postgresql:
        _wall("FORCE", *_FILLED)


def downgrade() -> None:
    """Take the alerts away again."""
    op.drop_table("alerts")
    op.drop_index("concerned_by_row", "concerned")
    op.drop_column("offices", "looked")


def _wall(how: str, *tables: str) -> None:
    for table in tables:
        op.execute(f"ALTER TABLE {table} {how} ROW LEVEL SECURITY")


def _fill(connection: sa.Connection) -> None:
    """Note who lives with whom, too: from now on it is asked for from both sides."""
    connection.execute(sa.text("UPDATE offices SET looked = received"))
    asked = "SELECT office, of_row, said FROM events WHERE of_table = 'members' AND type = 'record'"
    note = sa.text(
        "INSERT INTO concerned (office, person, of_table, of_row) "
        "VALUES (:office, :person, 'members', :of_row) ON CONFLICT DO NOTHING"
    )
    rows = [
        {"office": office, "of_row": of_row, "person": json.loads(said)["person"]}
        for office, of_row, said in connection.execute(sa.text(asked))
    ]
    if rows:
        connection.execute(note, rows)
