"""A desk and a client for the tests of this room."""

from tests.serving.fixtures import client, desk, home, promoted, spans

__all__ = ["client", "desk", "home", "promoted", "spans"]
