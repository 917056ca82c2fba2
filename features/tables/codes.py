"""Codes that several tables share, with their words."""

from features.language.text import Text

ABUSE_KINDS = {
    "physical": Text("身体的虐待", "physical abuse"),
    "psychological": Text("心理的虐待", "psychological abuse"),
    "sexual": Text("性的虐待", "sexual abuse"),
    "neglect": Text("ネグレクト", "neglect"),
}

RELATIONS = {
    "mother": Text("実母", "mother"),
    "father": Text("実父", "father"),
    "step_mother": Text("継母・養母", "step or adoptive mother"),
    "step_father": Text("継父・養父", "step or adoptive father"),
    "parents_partner": Text("親の交際相手", "a parent's partner"),
    "grandparent": Text("祖父母", "grandparent"),
    "other_relative": Text("その他の親族", "other relative"),
    "unrelated_adult": Text("親族でない大人", "an adult who is not a relative"),
    "sibling": Text("きょうだい", "brother or sister"),
    "half_sibling": Text("異父母きょうだい", "half-brother or half-sister"),
    "step_sibling": Text("継きょうだい", "step-brother or step-sister"),
    "other_child": Text("その他の子ども", "another child"),
}

SIBLING_RELATIONS = ("sibling", "half_sibling", "step_sibling")
ADULT_RELATIONS = tuple(
    code for code in RELATIONS if code not in (*SIBLING_RELATIONS, "other_child")
)

SITES = {
    "head": Text("頭部", "head"),
    "face": Text("顔面", "face"),
    "neck": Text("頸部", "neck"),
    "trunk": Text("体幹", "trunk"),
    "limbs": Text("四肢", "arms or legs"),
    "genitals": Text("性器・肛門周辺", "genital area"),
    "mouth": Text("口腔", "mouth"),
}
