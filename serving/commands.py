"""`kizuki serve`, `kizuki score` and `kizuki report`: the desk, with and without a server."""

import gc
import json
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Annotated, Any, NoReturn

import typer
import uvicorn
from starlette.types import ASGIApp

from features.errors import KizukiError
from features.language.text import Language
from serving import tracing
from serving.app import read_json
from serving.champions.swapping import swapping
from serving.desk import Desk
from serving.endpoints.jobs import with_jobs
from serving.endpoints.report import report as make_report
from serving.endpoints.score import Request
from serving.endpoints.score import score as make_score
from serving.log import start_logging
from serving.metrics import CHECKPOINT_LAG, QUARANTINED, WAITING, publish, tell
from serving.opening import open_desk
from serving.problems import Problem
from serving.reader import LARGEST_HEAD, Reader
from serving.service import make_service
from serving.settings import Settings, read_settings, settings_told
from serving.shape import read_shape
from serving.unattended import rounds_of

TURN = 0.0002  # seconds of a thread, usually 0.005: whoever lets requests in waits for several
LONGEST_GOODBYE = 30  # seconds that answers under way are given to finish

File = Annotated[Path, typer.Argument(metavar="FILE", help="A score request, as JSON.")]
Model = Annotated[str | None, typer.Option(help="Who answers, if not the one in FILE.")]
Lang = Annotated[Language | None, typer.Option(help="The reader's language, if not FILE's.")]


def serve() -> None:
    """Answer over HTTP until told to stop.

    What can be set are environment variables:
    """
    sys.setswitchinterval(TURN)
    with _put_up_for_good():
        settings = read_settings()
        desk = with_jobs(open_desk(settings, *swapping(settings)), settings.jobs)
        service = make_service(desk, settings)
        unattended = rounds_of(desk, settings)
        listener = _listen(settings.host, settings.port)
        _tell(desk, settings, listener)
        start_logging()
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, _leave)  # the server passes it on when the last answer is out
    # Not before: while what was left undone is worked at, those who ask now would wait.
    for rounds in unattended:
        rounds.start()
    if desk.worker:
        desk.worker.wake()
    _server(service, partial(Reader, settings.slowest_body, desk.new_id)).run(sockets=[listener])


serve.__doc__ = f"{serve.__doc__}\n{settings_told()}"


def score(file: File, model: Model = None, lang: Lang = None) -> None:
    """Score one child's case file, without a server; the answer is journaled all the same."""
    answer = _answer(make_score, file, model, lang)
    typer.echo(json.dumps(json.loads(answer), ensure_ascii=False, indent=1))


def report(
    file: File,
    out: Annotated[Path, typer.Option(help="Where to write the page.")],
    model: Model = None,
    lang: Lang = None,
) -> None:
    """Explain one child's score on a page, without a server; it is journaled all the same."""
    page = _answer(make_report, file, model, lang)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(page)
    except OSError as problem:
        raise KizukiError(f"{out}: cannot be written: {problem.strerror}") from None
    typer.echo(f"wrote {out}: open it in a browser")


def read_request(file: Path, model: str | None, language: Language | None) -> Request:
    """The request in a file; raises KizukiError or Problem where it is none."""
    try:
        body = file.read_bytes()
    except OSError as problem:
        raise KizukiError(f"{file}: cannot be read: {problem.strerror}") from None
    said = read_json(body)
    chosen = {"model": model, "language": language}
    if isinstance(said, dict):
        said = {**said, **{name: choice for name, choice in chosen.items() if choice}}
    return read_shape(Request, said)


def _answer(
    answer: Callable[[Desk, Request], bytes],
    file: Path,
    model: str | None,
    language: Language | None,
) -> bytes:
    """The answer to the request in a file; raises KizukiError where there can be none."""
    desk = open_desk(read_settings())
    try:
        return answer(desk, read_request(file, model, language))
    except Problem as problem:
        errors = "; ".join(f"{error.field} {error.reason}" for error in problem.errors)
        told = f"{file}: {problem.kind.title}: {errors or problem.detail}"
        raise KizukiError(told) from None
    finally:
        desk.close()


@contextmanager
def _put_up_for_good() -> Iterator[None]:
    """Let go of nothing meanwhile: what was loaded stays, and the collector leaves it out later.

    It would walk through all of it again and again, which takes a tenth of the time of a start.
    """
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def _tell(desk: Desk, settings: Settings, listener: socket.socket) -> None:
    """Say where the desk answers, with whom, and what is set otherwise than one would expect."""
    address = f"http://{settings.host}:{listener.getsockname()[1]}"
    models = ", ".join(f"{name} version {c.version}" for name, c in desk.champions.items())
    typer.echo(f"Kizuki answers at {address} with {models}")
    for name, beside in desk.challengers.models.items() if desk.challengers else ():
        typer.echo(f"{name} version {beside.version} answers silently beside it")
    if desk.silent:
        typer.echo("Silent: scores are recorded and not shown; KIZUKI_SILENT=false shows them")
    if settings.ask == "nobody":
        typer.echo("Nobody is asked who they are; KIZUKI_ASK=everybody asks")
    _tell_what_is_read(desk)
    if settings.metrics_port is not None:
        metrics = _publish_metrics(settings.metrics_host, settings.metrics_port)
        typer.echo(f"Metrics are at http://{settings.metrics_host}:{metrics}/metrics")
    if settings.traces:
        tracing.send(settings.traces)
        typer.echo(f"Traces are sent to {settings.traces}")
    typer.echo(f"Every answer is kept in {desk.journal.path}; stop with Ctrl+C")
    sys.stdout.flush()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # from here on, who asks early waits
    except OSError as problem:
        listener.close()
        raise KizukiError(
            f"cannot listen on {host} port {port}: {problem.strerror}; name another in "
            "KIZUKI_HOST or KIZUKI_PORT"
        ) from None
    return listener


def _tell_what_is_read(desk: Desk) -> None:
    """Let the metrics tell of journal and store what is read when they are asked."""
    tell(QUARANTINED, desk.journal.in_quarantine)
    tell(CHECKPOINT_LAG, lambda: desk.journal.lag(desk.clock()).total_seconds())
    if desk.store:
        tell(WAITING, desk.store.waiting)


def _publish_metrics(host: str, port: int) -> int:
    try:
        return publish(host, port)
    except OSError as problem:
        raise KizukiError(
            f"cannot listen on {host} port {port}: {problem.strerror}; name another in "
            "KIZUKI_METRICS_HOST or KIZUKI_METRICS_PORT"
        ) from None


def _server(service: ASGIApp, reader: Any) -> uvicorn.Server:
    config = uvicorn.Config(
        service,
        http=reader,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=LONGEST_GOODBYE,
        ws="none",
    )
    return uvicorn.Server(config)


def _leave(signal_number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(0)
