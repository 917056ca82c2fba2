"""Why the glass is broken: a closed list, so that it can be counted."""

from features.language.text import Text

GLASS_REASONS = {
    "imminent_danger": Text("児童に差し迫った危険がある", "a child is in imminent danger"),
    "nobody_reachable": Text("担当者・指導者に連絡がつかない", "nobody in charge can be reached"),
    "family_moved": Text("家族が管轄を越えて移動した", "the family has moved to where we are"),
    "other": Text("その他（言葉で記す）", "another reason, said in words"),
}
