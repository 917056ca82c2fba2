"""Why a child's records are erased or held, as codes: words could say something of the case."""

from typing import Literal

Reason = Literal["asked", "court", "mistaken", "retention", "unfounded"]
HoldReason = Literal["court", "inquiry"]
