"""A desk with a store on either database, for the tests of this room."""

from tests.store.conftest import (
    client,
    desk,
    home,
    migrated,
    on_postgresql,
    promoted,
    server,
    store,
    url,
)

__all__ = [
    "client",
    "desk",
    "home",
    "migrated",
    "on_postgresql",
    "promoted",
    "server",
    "store",
    "url",
]
