"""The fifth form: what was decided of contests, and notices of that, too."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns; what is contested already is not decided, what was told is corrected."""
    op.add_column("contests", sa.Column("at", sa.Text, nullable=False, server_default=""))
    op.add_column("contests", sa.Column("decided", sa.Text))
    what = sa.Column("what", sa.Text, nullable=False, server_default="corrected")
    op.add_column("notices", what)


def downgrade() -> None:
    """Take them away again: then every contest is open, until its fact is told otherwise."""
    op.drop_column("notices", "what")
    op.drop_column("contests", "decided")
    op.drop_column("contests", "at")
