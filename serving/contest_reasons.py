"""Why a contest is upheld or turned down: closed lists, so that it can be counted."""

from features.language.text import Text

_OTHER = {"other": Text("その他（言葉で記す）", "another reason, said in words")}
UPHELD_REASONS = {
    "record_mistaken": Text("記録の誤りを確認した", "the record was found to be mistaken"),
    "evidence_given": Text("裏付けが示された", "there is evidence of what was said"),
    **_OTHER,
}
TURNED_DOWN_REASONS = {
    "record_confirmed": Text("記録の正しさを確認した", "the record was found to be right"),
    "nothing_shows_it": Text("裏付けがない", "nothing shows what was said"),
    "not_a_fact": Text("事実ではなく評価への異議である", "it challenges a judgement, not a fact"),
    **_OTHER,
}
