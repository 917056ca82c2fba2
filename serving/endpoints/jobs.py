"""POST /v1/scoreBatches and /v1/scoreJobs: many requests at once, answered now or by and by."""

import hashlib
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from serving import answers
from serving.about import read_by
from serving.desk import Desk
from serving.endpoints import score
from serving.jobs.table import NO_JOB, Jobs, Settled
from serving.jobs.worker import Worker
from serving.keys import Key
from serving.problem_shape import ProblemShape, shape_of
from serving.problems import Problem, invalid, unavailable
from serving.question import read_rows
from serving.shape import Shape, read_shape
from serving.strict_json import canonical, parse

MOST_AT_ONCE = 200
MOST_ON_A_PAGE = 200
SOON = 2  # seconds after which it is worth asking again
LOST = 500  # and above: the fault is ours, and the request is tried again


class BatchRequest(Shape):
    """Up to 200 requests; what one of them cannot be answered for does not hold up the others.

    One that cannot be read refuses them all: whoever sent it is told at once, and where.
    """

    requests: Annotated[list[score.Request], Field(min_length=1, max_length=MOST_AT_ONCE)]


class JobRequest(Shape):
    """Any number of requests, as far as one body holds them.

    One that cannot be read refuses them all: a job that was taken is no longer refused for that.
    """

    requests: Annotated[list[score.Request], Field(min_length=1)]


class Scored(Shape):
    """The answer to the request at a place, counted from 0."""

    place: int
    answer: answers.Response


class Refused(Shape):
    """Why the request at a place, counted from 0, has no answer."""

    place: int
    problem: ProblemShape


class Batch(Shape):
    """What became of each request."""

    batch_id: str
    scored: list[Scored]
    refused: list[Refused]


class JobStatus(Shape):
    """How far a job is; while it goes on, ask `statusUrl` again after `retryAfterSeconds`."""

    job_id: str
    status: Literal["running", "done"]
    requests: int
    scored: int
    refused: int
    status_url: str
    results_url: str
    retry_after_seconds: int | None


class Results(Shape):
    """What became of the requests from a cursor on; `nextCursor` is null at the end of the job.

    Where the next ones are not answered yet, `retryAfterSeconds` says when to ask again.
    """

    job_id: str
    scored: list[Scored]
    refused: list[Refused]
    next_cursor: int | None
    retry_after_seconds: int | None


class JobId(Shape):
    """Which job is meant."""

    job_id: str


class Page(JobId):
    """Which results are meant: so many from a cursor on, the one of the page before."""

    cursor: Annotated[int, Field(ge=0, le=2**31)] = 0
    page_size: Annotated[int, Field(ge=1, le=MOST_ON_A_PAGE)] = MOST_ON_A_PAGE


def with_jobs(desk: Desk, path: Path) -> Desk:
    """The same desk with a table of jobs; its worker takes up what is left once it is woken."""
    jobs = Jobs(path)
    return replace(desk, jobs=jobs, worker=Worker(jobs, partial(_answer, desk, jobs)))


def batch(desk: Desk, request: BatchRequest) -> bytes:
    """The answers and problems of all requests."""
    jobs, worker = _of(desk)
    batch_id = _take(desk, jobs, request.requests)
    if not worker.finish(batch_id):
        raise Problem("still_running", "Ask again with the same key.", retry_after=SOON)
    scored, refused = _told(desk, jobs.settled(batch_id, 0, MOST_AT_ONCE), read=False)
    return Batch(batch_id=batch_id, scored=scored, refused=refused).json_bytes


def start(desk: Desk, request: JobRequest) -> bytes:
    """How far the job is: it was taken, and will be answered whatever happens."""
    jobs, worker = _of(desk)
    job_id = _take(desk, jobs, request.requests)
    worker.wake()
    return _status(jobs, job_id)


def status(desk: Desk, place: JobId) -> bytes:
    """How far a job is."""
    jobs, _ = _of(desk)
    _check_office(desk, jobs, place.job_id)
    return _status(jobs, place.job_id)


def results(desk: Desk, place: Page) -> bytes:
    """A page of a job's results; that each answer on it was read is in the journal already."""
    jobs, _ = _of(desk)
    _check_office(desk, jobs, place.job_id)
    progress = jobs.progress(place.job_id)
    settled = jobs.settled(place.job_id, place.cursor, place.page_size)
    scored, refused = _told(desk, settled, read=True)
    cursor = min(place.cursor, progress.many) + len(settled)
    return Results(
        job_id=place.job_id,
        scored=scored,
        refused=refused,
        next_cursor=cursor if cursor < progress.many else None,
        retry_after_seconds=None if settled or progress.done else SOON,
    ).json_bytes


def _of(desk: Desk) -> tuple[Jobs, Worker]:
    if desk.jobs is None or desk.worker is None:
        raise unavailable("jobs_unavailable")
    return desk.jobs, desk.worker


def _check_office(desk: Desk, jobs: Jobs, job_id: str) -> None:
    """Raise Problem unless the policy permits it in the office of who asked for the job.

    Of a job of another office nothing tells that there is one.
    """
    office = jobs.office(job_id)
    try:
        desk.permit_in(office)
    except Problem as problem:
        if office == desk.asker.office or problem.code != "forbidden":
            raise
        raise Problem("not_found", NO_JOB) from None


def _take(desk: Desk, jobs: Jobs, requests: list[score.Request]) -> str:
    _check_readable(requests)
    asked = [
        canonical(r.model_dump(by_alias=True, exclude_unset=True, mode="json")) for r in requests
    ]
    return jobs.take(desk.new_id(), desk.clock(), desk.key, desk.asker, asked)


def _check_readable(requests: list[score.Request]) -> None:
    """Raise Problem with every field of a case file that cannot be read, and whose it is."""
    refused = []
    for place, request in enumerate(requests):
        try:
            read_rows(request.case_file or {}, request.coverage or {})
        except Problem as problem:
            refused += [replace(e, field=f"requests[{place}].{e.field}") for e in problem.errors]
    if refused:
        raise invalid(refused)


def _answer(desk: Desk, jobs: Jobs, job: str, place: int, asked: bytes) -> None:
    """Answer one request of a job, under a key of its own: so it is journaled once at the most."""
    sent = hashlib.sha256(asked).hexdigest()
    own = hashlib.sha256(f"job {job} {place}".encode()).hexdigest()
    asker = replace(jobs.asker(job), action="score_many")
    then = replace(desk, key=Key(own, sent), asker=asker)
    try:
        said = parse(score.score(then, read_shape(score.Request, parse(asked))))
        jobs.settle(job, Settled(place, said["scoreId"], None))
    except Problem as problem:
        if problem.kind.status >= LOST:
            raise
        told = shape_of(problem, desk.new_id()).json_bytes
        jobs.settle(job, Settled(place, None, told))


def _status(jobs: Jobs, job_id: str) -> bytes:
    progress = jobs.progress(job_id)
    return JobStatus(
        job_id=job_id,
        status="done" if progress.done else "running",
        requests=progress.many,
        scored=progress.scored,
        refused=progress.refused,
        status_url=f"/v1/scoreJobs/{job_id}",
        results_url=f"/v1/scoreJobs/{job_id}/results",
        retry_after_seconds=None if progress.done else SOON,
    ).json_bytes


def _told(desk: Desk, settled: list[Settled], *, read: bool) -> tuple[list[Scored], list[Refused]]:
    told = [_became(desk, one, read=read) for one in settled]
    return [t for t in told if isinstance(t, Scored)], [t for t in told if isinstance(t, Refused)]


def _became(desk: Desk, one: Settled, *, read: bool) -> Scored | Refused:
    """What became of a request: an answer, unless its case was sealed or erased since."""
    if one.problem:
        told = ProblemShape.model_validate_json(one.problem)
        return Refused(place=one.place, problem=told)
    assert one.answer
    try:
        kept = desk.said(one.answer)
    except Problem as problem:
        if problem.kind.status >= LOST:
            raise
        return Refused(place=one.place, problem=shape_of(problem, desk.new_id()))
    said = read_by(desk, kept, "job", kept.answer) if read else kept.answer
    return Scored(place=one.place, answer=answers.Response.model_validate_json(said))
