"""The tables of the store, as the newest migration leaves them.

Each has an `office`, and on PostgreSQL a transaction sees the rows of one office only.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

REVISION = "0007"  # of the newest migration

metadata = MetaData()

offices = Table(
    "offices",
    metadata,
    Column("office", Text, primary_key=True),
    Column("received", BigInteger, nullable=False),  # how many events the office has told so far
    # up to which event it was looked at for alerts
    Column("looked", BigInteger, nullable=False, server_default="0"),
)

events = Table(
    "events",
    metadata,
    Column("office", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),  # counts an office's events without a gap
    Column("id", Text, nullable=False),
    Column("received_at", Text, nullable=False),  # ISO 8601 in UTC, alike on every database
    Column("type", Text, nullable=False),
    Column("of_table", Text, nullable=False),
    Column("of_row", Text, nullable=False),
    Column("known", Date, nullable=False),
    Column("version", Integer, nullable=False),
    Column("said", Text, nullable=False),  # canonical JSON, bit for bit
    UniqueConstraint("office", "id"),
    Index("events_by_row", "office", "of_table", "of_row"),
)

# Which rows have ever named a person, so that a history is found without reading all of them.
concerned = Table(
    "concerned",
    metadata,
    Column("office", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("of_table", Text, primary_key=True),
    Column("of_row", Text, primary_key=True),
    Index("concerned_by_row", "office", "of_table", "of_row"),
)

# The events that say that an office keeps a table at all: its first, and every declaration.
kept_tables = Table(
    "kept_tables",
    metadata,
    Column("office", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    ForeignKeyConstraint(["office", "number"], ["events.office", "events.number"]),
)

alerts = Table(
    "alerts",
    metadata,
    Column("office", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("id", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("child", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("cutoff", Date, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("band_before", Text),
    Column("band", Text),
    Column("red_flags", Text, nullable=False),
    Column("score_id", Text, nullable=False),
    Column("tended_at", Text),
    Column("tended_by", Text),
    Column("tended", Text),  # how somebody has dealt with it
    UniqueConstraint("office", "id"),
)

handlers = Table(
    "handlers",
    metadata,
    Column("office", Text, primary_key=True),
    Column("child", Text, primary_key=True),
    Column("person", Text, primary_key=True),
)

seals = Table(
    "seals",
    metadata,
    Column("office", Text, primary_key=True),
    Column("child", Text, primary_key=True),
)

broken_glass = Table(
    "broken_glass",
    metadata,
    Column("office", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("child", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("reason_code", Text, nullable=False),
    Index("broken_glass_by_child", "office", "child", "person"),
)

# What was said last of a child, of which history, and by which bundle.
standings = Table(
    "standings",
    metadata,
    Column("office", Text, primary_key=True),
    Column("child", Text, primary_key=True),
    Column("model", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("history", Text, nullable=False),  # SHA-256 of all that was known
    Column("red_flags", Text, nullable=False),
    Column("score_id", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("cutoff", Date, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("band", Text),
)

contests = Table(
    "contests",
    metadata,
    Column("office", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("score_id", Text, nullable=False),
    Column("child", Text, nullable=False),
    Column("of_table", Text, nullable=False),
    Column("of_row", Text),  # none where the fact is missing
    Column("received", BigInteger, nullable=False),  # what comes later can correct it
    Column("settled_by", Text),  # the answer that took the place of the contested one
    Column("at", Text, nullable=False, server_default=""),
    Column("decided", Text),  # what a supervisor decided of it
    Index("contests_by_child", "office", "child"),
)

notices = Table(
    "notices",
    metadata,
    Column("office", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("id", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("contest_id", Text, nullable=False),
    Column("score_id", Text, nullable=False),
    Column("new_score_id", Text, nullable=False),  # the answer that stands now, new or not
    Column("what", Text, nullable=False, server_default="corrected"),
    Column("acknowledged_at", Text),
    Index("notices_by_person", "office", "person", "number"),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("office", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("ended", Text),  # why nothing is sent there any more
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("office", Text, primary_key=True),
    Column("message", Text, primary_key=True),
    Column("webhook", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("said", Text, nullable=False),  # ids, as canonical JSON
    Column("due", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("ended", Text),  # how
    Index("deliveries_due", "office", "ended", "due"),
)

OF_AN_OFFICE = (
    offices, events, concerned, kept_tables, alerts, handlers, seals, broken_glass,
    standings, contests, notices, webhooks, deliveries,
)  # fmt: skip

# What makes a `serving.store.case_event.CaseEvent`, in its order.
EVENT = tuple(
    events.c[name] for name in ("id", "type", "of_table", "of_row", "known", "version", "said")
)
