"""Why a specialist judges otherwise than the score: a closed list, so that it can be counted."""

from features.language.text import Text

OVERRIDE_REASONS = {
    "known_otherwise": Text(
        "記録にない事情を知っている", "something is known that is not on record"
    ),
    "record_wrong": Text("記録に誤りがある", "the record is wrong"),
    "changed_since": Text("記録の後に状況が変わった", "the situation has changed since"),
    "safe_already": Text("既に安全が確保されている", "the child is safe already"),
    "graver": Text("スコアに表れない重大な懸念がある", "a grave concern that the score misses"),
    "other": Text("その他（言葉で記す）", "another reason, said in words"),
}
