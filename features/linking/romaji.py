"""One key for how a name is read, whether it was written in kana or in Latin letters.

The key follows the Kunrei spelling (訓令式, Cabinet Notice 1 of 1954), into which Hepburn spellings
are folded, without long vowels: しょうた, ショータ, Shōta, Shouta and Syota share `syota`. Old
systems that know no small kana write しようた: it shares the key too.
"""

import re

from features.linking.spelling import folded, script, without_accents

_ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの",
    "h": "はひふへほ", "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ",
    "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ",
}  # fmt: skip
_KANA = {
    kana: consonant + vowel
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
} | {
    "や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "ゐ": "i", "ゑ": "e",
    "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o", "ゃ": "ya", "ゅ": "yu", "ょ": "yo",
    "ゎ": "wa", "ぢ": "zi", "づ": "zu", "ゔ": "bu", "ゕ": "ka", "ゖ": "ke", "っ": "", "ー": "",
}  # fmt: skip

# Hepburn and other ways into Kunrei, in this order; then what is heard alike, or easily left out.
_FOLDS = [
    (re.compile(pattern), into)
    for pattern, into in (
        (r"[^a-z]", ""),
        (r"shi", "si"), (r"sh", "sy"), (r"tchi|chi", "ti"), (r"tch|ch", "ty"), (r"tsu", "tu"),
        (r"fu", "hu"), (r"f", "h"), (r"v", "b"), (r"l", "r"),
        (r"jy?i|di", "zi"), (r"jy?", "zy"), (r"dzu|du", "zu"),
        (r"m(?=[bmp])", "n"),  # Homma
        (r"([ksztdgbphmnr])i?y", r"\1y"),  # small kana, and large ones in their place
        (r"([bcdfghkmprstz])\1+", r"\1"),  # っ
        (r"(?<=[aeiou])h(?![aeiouy])", ""),  # Ohno
        (r"o[ou]+", "o"), (r"([aeiou])\1+", r"\1"),  # long vowels
    )
]  # fmt: skip


def reading_key(reading: str | None, written: str | None) -> str | None:
    """The key of a name's reading; None where neither the reading nor the spelling tells it."""
    for text in (reading, written):
        name = folded(text) if text else ""
        if name and script(name) == "kana":
            return _kunrei("".join(_KANA.get(kana, "") for kana in name))
        if name and script(name) == "latin":
            return _kunrei(without_accents(name))
    return None


def _kunrei(latin: str) -> str | None:
    for pattern, into in _FOLDS:
        latin = pattern.sub(into, latin)
    return latin or None
