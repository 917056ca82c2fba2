"""The page of one case: it is read, sealed, or opened in an emergency, and for all to see.

A case is named in forms alone, and never in an address, which browsers and others between keep.
"""

import json
from dataclasses import replace

from starlette.responses import RedirectResponse, Response

from serving.endpoints import glass, handling, score
from serving.endpoints.events import Identifier
from serving.glass_reasons import GLASS_REASONS
from serving.keys import read_key
from serving.pages.shown import Opened
from serving.problems import Problem
from serving.shape import Shape, read_shape, read_words

SEE_OTHER = 303
MINUTES = (15, 30, glass.LONGEST)


class Named(Shape):
    """Which case is meant."""

    office: Identifier
    child: Identifier


def asked(opened: Opened) -> Response:
    """The form that asks which case is meant; in front of it, nothing is known of any."""
    return opened.drawing.page("case", opened.session, case=None)


def case(opened: Opened) -> Response:
    """What may be done about a case; to who may not read it, how it is opened in an emergency."""
    return _case(opened, _named(opened))


def read(opened: Opened) -> Response:
    """What is known of a case today, scored and explained."""
    named = _named(opened)
    asking = opened.asking("score")
    today = asking.clock().date().isoformat()
    question = {"office": named.office, "child": named.child, "cutoff": today}
    answer = json.loads(score.score(asking, read_shape(score.Request, question)))
    return RedirectResponse(f"/desk/report/{answer['scoreId']}", SEE_OTHER)


def sealed(opened: Opened) -> Response:
    """The case, once it was closed or opened."""
    request = read_words(handling.SealRequest, list(opened.form.items()))
    handling.seal(opened.asking("seal"), request)
    return _case(opened, Named(office=request.office, child=request.child))


def broken(opened: Opened) -> Response:
    """The case, once the glass in front of it was broken; a form that is sent twice breaks one."""
    once = opened.form.pop("once", None)
    request = read_words(glass.Request, list(opened.form.items()))
    key = read_key(once, opened.asker.client, ["breakGlass", opened.form])
    glass.break_glass(replace(opened.asking("break_glass"), key=key), request)
    return _case(opened, Named(office=request.office, child=request.child))


def _named(opened: Opened) -> Named:
    said = {name: opened.form.get(name, "").strip() for name in ("office", "child")}
    return read_shape(Named, said)


def _case(opened: Opened, named: Named) -> Response:
    """The page; raises Problem for who may not read the case, and not break the glass either."""
    office, child = named.office, named.child
    refused = None
    try:
        opened.asking("score").permit_on(office, child)
    except Problem as problem:
        if not opened.may("break_glass", office, child):
            raise
        refused = problem
    known = replace(opened.desk, asker=opened.asker).handling(office, child)
    return opened.drawing.page(
        "case",
        opened.session,
        refused.kind.status if refused else 200,
        case=named,
        refused=refused,
        until=known.until,
        sealed=known.sealed,
        may_seal=opened.may("seal", office, child),
        reasons=GLASS_REASONS,
        least=glass.SHORTEST_REASON,
        minutes=MINUTES,
        once=opened.desk.new_id(),
    )
