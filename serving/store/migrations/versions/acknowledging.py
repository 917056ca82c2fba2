"""The seventh form: when a person has acknowledged a notice."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; what was told before is still to be acknowledged."""
    op.add_column("notices", sa.Column("acknowledged_at", sa.Text))


def downgrade() -> None:
    """Take it away again: then every notice is open, and the journal alone knows better."""
    op.drop_column("notices", "acknowledged_at")
