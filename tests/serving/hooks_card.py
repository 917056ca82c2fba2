"""The answer of CDS Hooks 2.0 as a JSON Schema, after HL7's logical model of a card.

A field that the standard does not know is refused, and so is `systemActions`: it would act unasked.
"""

from typing import Any

from jsonschema import Draft202012Validator

_TEXT = {"type": "string", "minLength": 1}
_URL = {"type": "string", "format": "uri", "pattern": "^https://"}


def _object(required: str, **fields: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": fields,
        "additionalProperties": False,
    }


CODING = _object("code system", code=_TEXT, system=_TEXT, display=_TEXT)
REASON = {**CODING, "required": ["code", "system", "display"]}
SOURCE = _object("label", label=_TEXT, url=_URL, icon=_URL, topic=CODING)
LINK = _object(
    "label url type",
    label=_TEXT,
    url=_URL,
    type={"enum": ["absolute", "smart"]},
    appContext=_TEXT,
)
CARD = _object(
    "summary indicator source",
    uuid={"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
    summary={**_TEXT, "maxLength": 139},
    detail=_TEXT,
    indicator={"enum": ["info", "warning", "critical"]},
    source=SOURCE,
    overrideReasons={"type": "array", "items": REASON, "minItems": 1, "uniqueItems": True},
    links={"type": "array", "items": LINK},
)
ANSWER = Draft202012Validator(_object("cards", cards={"type": "array", "items": CARD}))
SERVICES = Draft202012Validator(
    _object(
        "services",
        services={
            "type": "array",
            "items": _object(
                "hook description id",
                hook={"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
                id=_TEXT,
                title=_TEXT,
                description=_TEXT,
                version=_TEXT,
            ),
        },
    )
)
