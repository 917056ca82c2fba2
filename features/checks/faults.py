"""What can be wrong with a row, and whether the row can still be read: one table."""

from dataclasses import dataclass
from enum import StrEnum

from features.language.text import Text


class Fate(StrEnum):
    """What becomes of a row with a fault."""

    SET_ASIDE = "set aside"  # it cannot be read as what it says it is
    DOUBTED = "doubted"  # it is kept, and it and others cannot all be right
    NOTED = "noted"  # it is kept, and is wrong only where there are many like it


@dataclass(frozen=True)
class Fault:
    """A way in which a row can be wrong: a short stable code, its words, and the row's fate."""

    code: str
    fate: Fate
    words: Text


NOT_FILLED_IN = Fault(
    "not_filled_in", Fate.SET_ASIDE, Text("必須の欄が空欄", "a field that is required is empty")
)
NOT_TEXT = Fault(
    "not_text",
    Fate.SET_ASIDE,
    Text("空白のみ、改行を含む、または長すぎる", "blank, of several lines, or too long"),
)
NOT_A_CODE = Fault(
    "not_a_code",
    Fate.SET_ASIDE,
    Text("用語集にない符号", "a code that is none of those in the glossary"),
)
NOT_RECORDED = Fault(
    "kind_not_recorded",
    Fate.SET_ASIDE,
    Text("記録しないと宣言された種類", "of a kind that is declared as not recorded"),
)
OUT_OF_BOUNDS = Fault(
    "out_of_bounds",
    Fate.SET_ASIDE,
    Text("数値が範囲外", "a number beyond the bounds of its field"),
)
UNLIKELY_YEAR = Fault(
    "unlikely_year",
    Fate.SET_ASIDE,
    Text("1900年から2199年の外の日付", "a day outside the years 1900 to 2199"),
)
IN_THE_FUTURE = Fault(
    "in_the_future",
    Fate.SET_ASIDE,
    Text("抽出日より後の日付", "a day after the day the case file was drawn"),
)
KNOWN_TOO_SOON = Fault(
    "known_before_happened",
    Fate.SET_ASIDE,
    Text("把握日が発生日より前", "known before it happened"),
)
ENDS_TOO_SOON = Fault(
    "ends_before_it_starts",
    Fate.SET_ASIDE,
    Text("終了日が開始日より前", "a span that ends before it starts"),
)
WITHDRAWN_TOO_SOON = Fault(
    "withdrawn_before_known",
    Fate.SET_ASIDE,
    Text("取消日が把握日より前", "withdrawn before it was known"),
)
BELIEVED_TWICE = Fault(
    "believed_twice",
    Fate.SET_ASIDE,
    Text(
        "同じ識別番号の行が同じ日に二つ有効（後の行を除外）",
        "the same id is believed twice on a day: the later row is set aside",
    ),
)
BEFORE_BIRTH = Fault(
    "before_birth",
    Fate.DOUBTED,
    Text("出生より前のできごと", "it happened before the person was born"),
)
OVERLAPS = Fault(
    "overlaps",
    Fate.DOUBTED,
    Text("同じ児童の前の措置と期間が重なる", "it overlaps an earlier placement of the child"),
)
ENDED_AND_GOES_ON = Fault(
    "ended_and_goes_on",
    Fate.DOUBTED,
    Text("終わり方が記録されているのに継続中", "it says how it ended, and goes on"),
)
NO_SUCH_ROW = Fault(
    "no_such_row", Fate.DOUBTED, Text("参照先の行がない", "it refers to a row that is not there")
)
ANOTHER_CHILDS = Fault(
    "another_childs_row",
    Fate.DOUBTED,
    Text("別の児童の行を参照している", "it refers to a row of another child"),
)
NOT_ON_FILE = Fault(
    "not_on_file",
    Fate.DOUBTED,
    Text("児童の行（children）がない児童", "its child has no row in children"),
)
LINKED_TO_NOBODY = Fault(
    "linked_to_nobody",
    Fate.NOTED,
    Text(
        "どの児童とも関わりの記録がない人",
        "its person is no child on file, and no row links the person to one",
    ),
)
TWICE_ON_FILE = Fault(
    "twice_on_file",
    Fate.DOUBTED,
    Text("同じ児童の行が二つ有効", "its child has an earlier row in children as well"),
)
REPEATS = Fault(
    "repeats_another",
    Fate.NOTED,
    Text("識別番号以外がすべて同じ行", "identical to an earlier row but for the id"),
)

FAULTS = {
    fault.code: fault
    for fault in (
        NOT_FILLED_IN, NOT_TEXT, NOT_A_CODE, NOT_RECORDED, OUT_OF_BOUNDS, UNLIKELY_YEAR,
        IN_THE_FUTURE, KNOWN_TOO_SOON, ENDS_TOO_SOON, WITHDRAWN_TOO_SOON, BELIEVED_TWICE,
        BEFORE_BIRTH, OVERLAPS, ENDED_AND_GOES_ON, NO_SUCH_ROW, ANOTHER_CHILDS, NOT_ON_FILE,
        TWICE_ON_FILE, LINKED_TO_NOBODY, REPEATS,
    )
}  # fmt: skip
