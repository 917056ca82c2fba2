"""The fourth form: how children stand, what is contested, who is told, and what is to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_TABLES = ("standings", "contests", "notices", "webhooks", "deliveries")
_EVERY = "current_setting('kizuki.every_office', true) = 'yes'"


def upgrade() -> None:
    """Make the tables; on PostgreSQL each shows the rows of one office, as all others do.

    Of `offices`, which only counts, a transaction may also ask to see every row: whoever looks out
    for all of them must know which there are.
    """
    _make_standings()
    _make_contests()
    _make_webhooks()
    if op.get_context().dialect.name == "postgresql":
        for table in _TABLES:
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(
                f"CREATE POLICY of_an_office ON {table} "
                "USING (office = current_setting('kizuki.office', true))"
            )
        op.execute(f"CREATE POLICY every_office ON offices FOR SELECT USING ({_EVERY})")


def downgrade() -> None:
    """Take the tables away again, with what was still to be sent."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP POLICY every_office ON offices")
    for table in reversed(_TABLES):
        op.drop_table(table)


def _make_standings() -> None:
    op.create_table(
        "standings",
        *_keys("office", "child", "model"),
        *_texts("digest", "history", "red_flags", "score_id", "at"),
        sa.Column("cutoff", sa.Date, nullable=False),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("band", sa.Text),
    )


def _make_contests() -> None:
    op.create_table(
        "contests",
        *_keys("office", "id"),
        *_texts("score_id", "child", "of_table"),
        sa.Column("of_row", sa.Text),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("settled_by", sa.Text),
    )
    op.create_index("contests_by_child", "contests", ["office", "child"])
    op.create_table(
        "notices",
        *_keys("office"),
        sa.Column("number", sa.BigInteger, primary_key=True),
        *_texts("id", "at", "person", "contest_id", "score_id", "new_score_id"),
    )
    op.create_index("notices_by_person", "notices", ["office", "person", "number"])


def _make_webhooks() -> None:
    op.create_table(
        "webhooks",
        *_keys("office", "id"),
        *_texts("url", "at"),
        sa.Column("ended", sa.Text),
    )
    op.create_table(
        "deliveries",
        *_keys("office", "message", "webhook"),
        *_texts("type", "at", "said", "due"),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("ended", sa.Text),
    )
    op.create_index("deliveries_due", "deliveries", ["office", "ended", "due"])


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, primary_key=True) for name in names]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]
