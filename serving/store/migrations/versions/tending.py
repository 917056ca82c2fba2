"""The sixth form: who has dealt with an alert, when, and how."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_COLUMNS = ("tended_at", "tended_by", "tended")


def upgrade() -> None:
    """Add the columns; what was told before is still to be dealt with."""
    for name in _COLUMNS:
        op.add_column("alerts", sa.Column(name, sa.Text))


def downgrade() -> None:
    """Take them away again: then every alert is open, and the journal alone knows better."""
    for name in reversed(_COLUMNS):
        op.drop_column("alerts", name)
