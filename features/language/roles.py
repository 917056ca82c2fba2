"""The roles in which somebody's rows stand in a child's history."""

from enum import Enum

from features.language.text import Text


class Role(Enum):
    """Who a row is about, as seen from the child."""

    SELF = "self"
    SIBLING = "sibling"
    ADULT = "adult"
    ABUSER = "abuser"

    __hash__ = object.__hash__  # each is there once; to hash the name takes ten times as long

    @property
    def words(self) -> Text:
        """The role as a person reads it."""
        return _WORDS[self]


_WORDS = {
    Role.SELF: Text("本人", "the child"),
    Role.SIBLING: Text("きょうだい", "a sibling"),
    Role.ADULT: Text("同居の大人", "an adult of the household"),
    Role.ABUSER: Text("虐待者とされた人", "an alleged abuser"),
}

SELF, SIBLING, ADULT, ABUSER = Role.SELF, Role.SIBLING, Role.ADULT, Role.ABUSER
