"""Forms of a store: given to one, forward or back, as Alembic does."""

from collections.abc import Callable

from alembic.config import Config
from alembic.script import ScriptDirectory

from serving.store import migrations
from serving.store.database import open_engine
from serving.store.migrating import migrations_on

FOLDER = migrations.__path__[0]
FORMS = [form.revision for form in ScriptDirectory(FOLDER).walk_revisions()]  # the newest first


def give(url: str, migration: Callable[[Config, str], None], form: str) -> None:
    """Give a store another form."""
    engine = open_engine(url)
    with engine.begin() as connection:
        migration(migrations_on(connection), form)
    engine.dispose()
