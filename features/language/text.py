"""One phrase in Japanese and English, with the same blanks in each."""

from dataclasses import dataclass
from string import Formatter
from typing import Literal

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A phrase that both readers get: `Text("通告が{value}件", "{value} notification(s)")`.

    Raises ValueError where one language is empty or has a blank that the other lacks, so that no
    reader is ever told less than another.
    """

    ja: str
    en: str

    def __post_init__(self) -> None:
        if not self.ja.strip() or not self.en.strip():
            raise ValueError(f"a text needs words in both languages: {self.ja!r}, {self.en!r}")
        if _blanks(self.ja) != _blanks(self.en):
            raise ValueError(f"the blanks differ between {self.ja!r} and {self.en!r}")

    @property
    def blanks(self) -> frozenset[str]:
        """The names of the blanks, the same in both languages."""
        return _blanks(self.en)

    def filled(self, **words: "Text") -> "Text":
        """The phrase with its blanks filled, still in both languages."""
        return Text.said(
            self.ja.format(**{name: word.ja for name, word in words.items()}),
            self.en.format(**{name: word.en for name, word in words.items()}),
        )

    @classmethod
    def said(cls, ja: str, en: str) -> "Text":
        """Words as somebody may have typed them: in them a brace is no blank."""
        made = object.__new__(cls)
        object.__setattr__(made, "ja", ja)
        object.__setattr__(made, "en", en)
        return made

    def read(self, language: Language) -> str:
        """The phrase as one reader gets it."""
        return self.ja if language == "ja" else self.en


def _blanks(phrase: str) -> frozenset[str]:
    if "{" not in phrase and "}" not in phrase:  # most phrases, and all that are filled in
        return frozenset()
    return frozenset(name for _, name, _, _ in Formatter().parse(phrase) if name is not None)
