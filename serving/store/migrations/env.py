"""What Alembic runs around the migrations: all of them in one transaction that it is handed."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
