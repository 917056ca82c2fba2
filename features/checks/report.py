"""check.json: all that a check found, row by row, for programs."""

from dataclasses import asdict
from typing import Any

from features.checks.checked import Checked, Found
from features.checks.folder import Misfit


def report_of(checked: Checked) -> dict[str, Any]:
    """The report as plain values: rows have their number in the file and their id, nothing else."""
    return {
        "as_of": checked.folder.as_of.isoformat(),
        "clean": checked.clean,
        "refused": {
            name: [_misfit(one) for one in refused.misfits]
            for name, refused in checked.folder.refused.items()
        },
        "broken": [
            {
                "threshold": broken.threshold.code,
                "place": broken.place,
                "measured": broken.measured,
                "limit": broken.threshold.limit,
            }
            for broken in checked.broken
        ],
        "rows": [{**asdict(rows), "set_aside": rows.set_aside} for rows in checked.rows],
        "found": [_found(found) for found in checked.found],
        "filling": [{**asdict(field), "share": field.share} for field in checked.filling],
        "lateness": [{**asdict(group), "share": group.share} for group in checked.lateness],
        "gaps": [asdict(span) for span in checked.gaps],
    }


def _misfit(misfit: Misfit) -> dict[str, str]:
    return {"reason": misfit.read("en"), "column": misfit.column}


def _found(found: Found) -> dict[str, Any]:
    pairs = zip(found.places, found.ids, strict=True)
    return {
        "table": found.table,
        "field": found.field,
        "fault": found.fault.code,
        "fate": found.fault.fate.value,
        "reason": found.fault.words.en,
        "rows": [{"row": place, "id": name} for place, name in pairs],
    }
