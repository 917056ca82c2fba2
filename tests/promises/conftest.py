"""A desk and a client for the tests of the promises."""

from tests.serving.fixtures import client, desk, home, promoted, spans

__all__ = ["client", "desk", "home", "promoted", "spans"]
