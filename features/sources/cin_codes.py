"""Code lists of the English children in need census, as the case file says them.

Source: Department for Education, CIN census schemas 2020 to 2024 (the XSDs' enumerations); the
letters for `Sex` are those of the layout of 2024. A code that maps to None is on the list and says
nothing that the case file holds.
"""

from collections.abc import Mapping

Codes = Mapping[str, object]

YES_NO: Codes = {
    "true": True, "TRUE": True, "1": True,
    "false": False, "FALSE": False, "0": False,
}  # fmt: skip

SEX: Codes = {
    "1": "male", "M": "male", "2": "female", "F": "female", "9": "other",
    "0": None, "U": None,  # not recorded, or unborn
}  # fmt: skip

ETHNICITY: Codes = {
    code: code
    for code in (
        "WBRI", "WIRI", "WIRT", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN",
        "ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH",
    )
} | {"REFU": None, "NOBT": None}  # fmt: skip

NO_DISABILITY = "NONE"
DISABILITIES = frozenset(
    {"MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA"}
)

REFERRAL_SOURCE: Codes = {
    "1A": "family",
    "1B": "neighbour",  # an acquaintance
    "1C": "child",
    "1D": "other",  # another individual, strangers included
    "2A": "school",
    "2B": "school",  # education services
    "3A": "medical",  # general practitioner
    "3B": "health",  # health visitor
    "3C": "health",  # school nurse
    "3D": "medical",
    "3E": "medical",  # accident and emergency
    "3F": "medical",
    "4": "welfare",  # housing
    "5A": "welfare",  # local authority services, those of other authorities included
    "5B": "welfare",
    "5C": "welfare",
    "5D": "welfare",
    "6": "police",
    "7": "other",  # other legal agency
    "8": "other",
    "9": None,  # anonymous: see ANONYMOUS
    "10": None,  # unknown
}
ANONYMOUS = "9"  # of any other source the census does not say whether a name was given

ABUSE_OR_NEGLECT = "N1"
PRIMARY_NEEDS = frozenset({f"N{number}" for number in range(10)})

SCREENING: Codes = {  # by ReferralNFA: no further action
    code: "screened_out" if no_action else "screened_in" for code, no_action in YES_NO.items()
}

CATEGORY_OF_ABUSE: Codes = {
    "NEG": "neglect", "PHY": "physical", "SAB": "sexual", "EMO": "psychological",
    "MUL": None,  # multiple, or not recommended
}  # fmt: skip

ALLEGED: Codes = {  # assessment factors that say a child was, or may be, abused
    "3A": None,  # subject of domestic violence: abuse of a kind that is not told
    "16A": "neglect",
    "17A": "psychological",
    "18A": "physical", "18B": "physical", "18C": "physical",
    "19A": "sexual", "19B": "sexual", "19C": "sexual",
}  # fmt: skip

OBSERVED: Mapping[str, str] = {  # assessment factors that are red flags
    "1B": "carer_intoxicated",
    "2B": "carer_intoxicated",
    "3B": "violence_at_home",
    "3C": "violence_at_home",
    "4B": "carer_unwell",
    "11A": "sexual_harm",  # sexual exploitation
}

OTHER_FACTORS = frozenset({
    "1A", "1C", "2A", "2C", "4A", "4C", "5A", "5B", "5C", "6A", "6B", "6C", "7A", "8B", "8C",
    "8D", "8E", "8F", "9A", "10A", "12A", "13A", "14A", "15A", "20", "21", "22A", "23A", "24A",
})  # fmt: skip
