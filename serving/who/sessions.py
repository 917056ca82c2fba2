"""Sessions: who logged in, as long as their browser is in use, and no longer than an hour.

They are in memory alone: a desk that was started anew asks everybody again, which the identity
provider answers by itself. Who was revoked has none from then on.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

from serving.watched import Watched
from serving.who.asker import Asker
from serving.who.login import Begun
from serving.who.tokens import LONGEST_LIFE

LONGEST_IDLE = timedelta(minutes=15)
LONGEST = timedelta(seconds=LONGEST_LIFE)  # as an access token: a right taken away is soon gone
MOST_BEGUN = 1000  # logins under way: who begins more makes the oldest fall away


@dataclass(frozen=True)
class Session:
    """Who is at a browser; `csrf` is the word that every form of theirs carries."""

    asker: Asker
    begun: datetime
    seen: datetime
    csrf: str = field(repr=False)


class Sessions:
    """Sessions and logins under way, by the secret that is in a cookie."""

    def __init__(self, revoked: Watched[frozenset[str]], clock: Callable[[], datetime]) -> None:
        self._revoked, self._clock = revoked, clock
        self._lock = Lock()
        self._sessions: dict[str, Session] = {}
        self._logins: dict[str, Begun] = {}

    def remember(self, begun: Begun) -> str:
        """The secret under which a login that was begun can be taken up."""
        secret = secrets.token_urlsafe(32)
        with self._lock:
            while len(self._logins) >= MOST_BEGUN:
                del self._logins[next(iter(self._logins))]
            self._logins[secret] = begun
        return secret

    def take_up(self, secret: str) -> Begun | None:
        """The login that was begun under a secret, once."""
        with self._lock:
            return self._logins.pop(secret, None)

    def begin(self, asker: Asker) -> str:
        """The secret of a new session."""
        now, secret = self._clock(), secrets.token_urlsafe(32)
        with self._lock:
            gone = [s for s, session in self._sessions.items() if not _goes_on(session, now)]
            for old in gone:
                del self._sessions[old]
            self._sessions[secret] = Session(asker, now, now, secrets.token_urlsafe(32))
        return secret

    def of(self, secret: str) -> Session | None:
        """The session of a secret, which was used just now; None where there is none any more."""
        now = self._clock()
        with self._lock:
            session = self._sessions.get(secret)
            if session is None:
                return None
            if not _goes_on(session, now) or session.asker.person in self._revoked.now:
                del self._sessions[secret]
                return None
            self._sessions[secret] = replace(session, seen=now)
            return session

    def end(self, secret: str) -> None:
        """Let nobody come in with this secret again."""
        with self._lock:
            self._sessions.pop(secret, None)


def _goes_on(session: Session, now: datetime) -> bool:
    return now - session.seen < LONGEST_IDLE and now - session.begun < LONGEST
