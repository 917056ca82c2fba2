"""Keys: a request that is sent twice under one key is answered once.

The key is the client's, in the header Idempotency-Key (draft-ietf-httpapi-idempotency-key-header).
The journal holds the answer given under it, and so remembers it for good and through any crash.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Condition

from serving.problems import Problem
from serving.strict_json import canonical

HEADER = "Idempotency-Key"
SHAPE = "[!-~]{1,255}"
LONGEST_WAIT = 2.0  # seconds for the first request, before the second is told to come again


@dataclass(frozen=True)
class Key:
    """A key of one client, and what was sent under it, both as SHA-256."""

    id: str
    sent: str

    def check(self, sent: str | None) -> None:
        """Raise Problem unless this is what was sent under the key before."""
        if sent != self.sent:
            whole = "Send another key, or the very request that this one was for."
            raise Problem("key_taken", whole)


def read_key(said: str | None, client: object, sent: object) -> Key | None:
    """The key in a header, if there is one; raises Problem for one that is none."""
    if said is None:
        return None
    if not re.fullmatch(SHAPE, said):
        raise Problem("bad_header", f"{HEADER} takes 1 to 255 visible characters of ASCII.")
    return Key(_sha256([client, said]), _sha256(sent))


class Running:
    """The keys whose request is being answered by this process."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._changed = Condition()

    @contextmanager
    def alone(self, key: Key | None) -> Iterator[None]:
        """Nobody else answers under the key meanwhile; raises Problem where somebody is at it."""
        if key is None:
            yield
            return
        with self._changed:
            if not self._changed.wait_for(lambda: key.id not in self._keys, LONGEST_WAIT):
                raise Problem("still_running", "Ask again with the same key.", retry_after=1)
            self._keys.add(key.id)
        try:
            yield
        finally:
            with self._changed:
                self._keys.discard(key.id)
                self._changed.notify_all()


def _sha256(said: object) -> str:
    return hashlib.sha256(canonical(said)).hexdigest()
