"""The third form: who handles each case, which are sealed, and who broke the glass."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TABLES = ("handlers", "seals", "broken_glass")


def upgrade() -> None:
    """Make the tables; on PostgreSQL each shows the rows of one office, as all others do."""
    _make("handlers", "office", "child", "person")
    _make("seals", "office", "child")
    op.create_table(
        "broken_glass",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("office", "id")),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("at", "until", "child", "person", "reason_code")
        ),
    )
    op.create_index("broken_glass_by_child", "broken_glass", ["office", "child", "person"])
    if op.get_context().dialect.name == "postgresql":
        for table in _TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(
                f"CREATE POLICY of_an_office ON {table} "
                "USING (office = current_setting('kizuki.office', true))"
            )


def downgrade() -> None:
    """Take the tables away again: then nobody handles a case, and none is sealed."""
    for table in _TABLES:
        op.drop_table(table)


def _make(table: str, *key: str) -> None:
    op.create_table(table, *(sa.Column(name, sa.Text, primary_key=True) for name in key))
