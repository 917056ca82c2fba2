"""Tables of a TOML file, read strictly: whatever is wrong is named by file, table and key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from features.errors import KizukiError

T = TypeVar("T")
KINDS = {
    str: "text",
    bool: "true or false",
    list: "a list",
    dict: "a table of keys",
    date: "a day",
}


@dataclass
class Section:
    """A table of the TOML file, and the place of it; every key must be asked for."""

    place: str
    values: Mapping[str, object]
    asked: set[str] = field(default_factory=set)

    def wrong(self, key: str, why: str) -> KizukiError:
        return KizukiError(f"{self.place}: {key}: {why}" if key else f"{self.place}: {why}")

    def get(self, key: str, kind: type[T], default: T) -> T:
        self.asked.add(key)
        return self.need(key, kind) if key in self.values else default

    def need(self, key: str, kind: type[T]) -> T:
        self.asked.add(key)
        if key not in self.values:
            raise self.wrong(key, "is missing")
        value = self.values[key]
        if not isinstance(value, kind) or (kind is date and isinstance(value, datetime)):
            raise self.wrong(key, f"must be {KINDS[kind]}")
        return value

    def texts(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """A list of texts; empty where it is not given and not needed."""
        listed = self.need(key, list) if needed else self.get(key, list, [])
        if (needed and not listed) or not all(isinstance(text, str) for text in listed):
            raise self.wrong(key, "must be a list of texts")
        return tuple(listed)

    def texts_by_name(self, key: str) -> dict[str, str]:
        """A table of texts; empty where it is not given."""
        named = self.get(key, dict, {})
        if not all(isinstance(text, str) for text in named.values()):
            raise self.wrong(key, "must be a table of texts")
        return dict(named)

    def sections(self, key: str) -> list["Section"]:
        listed = self.get(key, list, [])
        return [self.under(f"{key}[{i + 1}]", values) for i, values in enumerate(listed)]

    def under(self, key: str, values: object) -> "Section":
        if not isinstance(values, dict):
            raise self.wrong(key, "must be a table of keys")
        return Section(f"{self.place}: {key}", values)

    def end(self) -> None:
        for key in self.values:
            if key not in self.asked:
                known = ", ".join(sorted(self.asked))
                raise self.wrong(key, f"there is no such key here; there are: {known}")
