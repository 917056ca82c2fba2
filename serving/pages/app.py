"""The pages' routes: who opens one has a session, and what they see is asked of the desk for them.

A session opens pages alone: the operations of the API take tokens and keys, and no cookie.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from serving.desk import Desk
from serving.pages import case
from serving.pages.drawing import Drawing
from serving.pages.shown import (
    Opened,
    acknowledged,
    decided,
    judged,
    report,
    review,
    reviewed,
    tended,
    tended_alerts,
    worklist,
)
from serving.problems import Problem
from serving.who.asker import PURPOSES
from serving.who.id_tokens import same
from serving.who.login import LONGEST_LOGIN, Login
from serving.who.pace import Pace
from serving.who.sessions import Session, Sessions
from serving.who.tokens import Refused

HOME, LOGIN, REPORT = "/desk", "/desk/login", "/desk/report"
ALERTS = "/desk/alerts"
REVIEW = "/desk/review/{score_id}"
JUDGE = "/desk/glass/{glass_id}"
DECIDE = "/desk/contest/{contest_id}"
TEND = "/desk/alert/{alert_id}"
ACKNOWLEDGE = "/desk/notice/{notice_id}"
CASE = "/desk/case"
# What is done about a case, by path: each takes what a form sends.
OF_A_CASE = {
    CASE: case.case, f"{CASE}/report": case.read, f"{CASE}/seal": case.sealed,
    f"{CASE}/glass": case.broken,
}  # fmt: skip
FORMS = ("/desk/logout", REVIEW, JUDGE, DECIDE, TEND, ACKNOWLEDGE, *OF_A_CASE)
PATHS = (HOME, ALERTS, LOGIN, f"{LOGIN}/begin", f"{LOGIN}/back", REPORT, f"{REPORT}/{{score_id}}",
         *FORMS)  # fmt: skip
MOST_FIELDS = 20
SEE_OTHER = 303
_CLOSED = {"forbidden", "not_found"}  # codes of what may be there, and is not theirs

_Work = Callable[[Request], Response]


class Pages:
    """The pages of a desk; `secure` says that browsers reach it by https alone."""

    def __init__(
        self, desk: Desk, login: Login, sessions: Sessions, pace: Pace, *, secure: bool
    ) -> None:
        self._desk, self._login, self._sessions, self._pace = desk, login, sessions, pace
        self._drawing = Drawing(desk.language, desk.clock())
        self._secure = secure
        self._cookie = "__Host-kizuki" if secure else "kizuki"

    def routes(self) -> Iterator[Route]:
        """A route for each path."""
        yield Route(LOGIN, self._handled(self._ask_what_for))
        yield Route(f"{LOGIN}/begin", self._handled(self._begin))
        yield Route(f"{LOGIN}/back", self._handled(self._come_back))
        yield Route("/desk/logout", self._handled(self._leave), methods=["POST"])
        yield Route(HOME, self._handled(self._opened(worklist)))
        yield Route(ALERTS, self._handled(self._opened(tended_alerts)))
        yield Route(REPORT, self._handled(_to_report))
        yield Route(f"{REPORT}/{{score_id}}", self._handled(self._opened(report)))
        yield Route(REVIEW, self._handled(self._opened(review)), methods=["GET"])
        yield Route(REVIEW, self._handled(self._opened(reviewed)), methods=["POST"])
        yield Route(JUDGE, self._handled(self._opened(judged)), methods=["POST"])
        yield Route(DECIDE, self._handled(self._opened(decided)), methods=["POST"])
        yield Route(TEND, self._handled(self._opened(tended)), methods=["POST"])
        yield Route(ACKNOWLEDGE, self._handled(self._opened(acknowledged)), methods=["POST"])
        yield Route(CASE, self._handled(self._opened(case.asked)), methods=["GET"])
        for path, done in OF_A_CASE.items():
            yield Route(path, self._handled(self._opened(done)), methods=["POST"])

    def _handled(self, work: _Work) -> Callable[[Request], object]:
        async def handle(request: Request) -> Response:
            body = await request.body()
            try:
                request.state.form = read_form(body)
                return await to_thread.run_sync(work, request)
            except Refused as refused:
                told = Problem("unauthenticated", f"{str(refused)[:1].upper()}{str(refused)[1:]}.")
                return self._refused(request, told)
            except Problem as problem:
                return self._refused(request, problem)

        return handle

    def _opened(self, show: Callable[[Opened], Response]) -> _Work:
        """What is shown to who has a session; anybody else is asked to log in first."""

        def work(request: Request) -> Response:
            session = self._session(request)
            if session is None:
                then = request.url.path if request.method == "GET" else HOME
                return _go(f"{LOGIN}?{urlencode({'then': then})}")
            self._pace.check(session.asker)
            if request.method == "POST":
                check_form(session, request.state.form)
            asker = replace(session.asker, request=request.state.request_id)
            return show(
                Opened(
                    desk=self._desk,
                    drawing=self._drawing,
                    session=session,
                    asker=asker,
                    about=next(iter(request.path_params.values()), ""),
                    form=request.state.form,
                )
            )

        return work

    def _ask_what_for(self, request: Request) -> Response:
        then = _ours(request.query_params.get("then"))
        return self._drawing.page("login", None, purposes=PURPOSES, then=then)

    def _begin(self, request: Request) -> Response:
        purpose = request.query_params.get("purpose", "")
        if purpose not in PURPOSES:
            return _go(LOGIN)
        url, begun = self._login.begin(purpose, _ours(request.query_params.get("then")))
        reply = _go(url)
        self._set(
            reply, f"{self._cookie}-login", self._sessions.remember(begun), LONGEST_LOGIN.seconds
        )
        return reply

    def _come_back(self, request: Request) -> Response:
        begun = self._sessions.take_up(request.cookies.get(f"{self._cookie}-login", ""))
        said = request.query_params
        if begun is None or "code" not in said:
            raise Refused("nobody was let in; begin again")
        asker = self._login.finish(begun, said.get("state", ""), said["code"])
        asker = asker.for_purpose(begun.purpose, request.state.request_id)
        reply = _go(begun.then)
        self._set(reply, f"{self._cookie}-login", "", 0)
        self._set(reply, self._cookie, self._sessions.begin(asker), None)
        return reply

    def _leave(self, request: Request) -> Response:
        session = self._session(request)
        if session:
            check_form(session, request.state.form)
            self._sessions.end(request.cookies[self._cookie])
        reply = _go(LOGIN)
        self._set(reply, self._cookie, "", 0)
        return reply

    def _session(self, request: Request) -> Session | None:
        return self._sessions.of(request.cookies.get(self._cookie, ""))

    def _refused(self, request: Request, problem: Problem) -> Response:
        return self._drawing.page(
            "refused",
            self._session(request),
            problem.kind.status,
            may_ask_for_case=problem.code in _CLOSED,
            detail=problem.detail,
            errors=problem.errors,
        )

    def _set(self, reply: Response, name: str, value: str, age: int | None) -> None:
        """A cookie that no script reads, and no other site sends along but by a link."""
        reply.set_cookie(name, value, age, httponly=True, secure=self._secure, samesite="lax")


def read_form(body: bytes) -> dict[str, str]:
    """What a form says; raises Problem where it is none."""
    try:
        said = parse_qsl(
            body.decode(),
            keep_blank_values=True,
            strict_parsing=bool(body),
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise Problem("bad_header", "This is no form of these pages.") from None
    return dict(said)


def check_form(session: Session, form: dict[str, str]) -> None:
    """Raise Problem for a form that this session was not given: another site may have sent it."""
    if not same(form.pop("csrf", ""), session.csrf):
        raise Problem("forbidden", "This form is not one of this session; open it again.")


def _to_report(request: Request) -> Response:
    asked = request.query_params.get("scoreId", "").strip()
    return _go(f"{REPORT}/{asked}" if asked.replace("-", "").isalnum() else HOME)


def _ours(path: str | None) -> str:
    """A path of these pages, and no other: nobody is sent elsewhere once they are in."""
    return path if path and path.startswith(f"{HOME}/") and "\\" not in path else HOME


def _go(where: str) -> RedirectResponse:
    return RedirectResponse(where, SEE_OTHER)
