"""Operations: all that can be asked over HTTP, from which routes and published file follow."""

from collections.abc import Callable
from dataclasses import dataclass

from serving.about import ScoreId
from serving.endpoints import (
    alerts,
    card,
    cds,
    contest,
    events,
    explanation,
    health,
    jobs,
    model,
    page,
    record,
    replay,
    report,
    review,
    score,
)
from serving.shape import Shape
from serving.who.asker import Action

JSON, HTML = "application/json", "text/html; charset=utf-8"
PDF = "application/pdf"
GET, POST = "GET", "POST"


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked.

    `answer` is given the desk, then what the path and the query say, read as `place`, then the
    body, read as `request`: each where there is one. What has no `response` is a page for people,
    or is of another standard, and is not in the published file. `action` is what the policy knows
    it by: it must permit it before `answer` is called; without one, whoever asks is answered, and
    is not asked who they are. `many` says that its body holds many requests.
    """

    name: str
    method: str
    path: str
    about: str
    answer: Callable[..., bytes]
    action: Action | None
    place: type[Shape] | None = None
    request: type[Shape] | None = None
    response: type[Shape] | None = None
    status: int = 200
    media_type: str = JSON
    many: bool = False


OPERATIONS = (
    Operation(
        "scoreChild",
        POST,
        "/v1/score",
        "Score one child from its case file.",
        score.score,
        "score",
        request=score.Request,
        response=score.Response,
    ),
    Operation(
        "reportChild",
        POST,
        "/v1/report",
        "Score one child, and explain the score on a page.",
        report.report,
        "report",
        request=report.Request,
        media_type=HTML,
    ),
    Operation(
        "readScore",
        GET,
        "/v1/score/{scoreId}",
        "Read an answer again, with what was decided about it and what is contested.",
        record.record,
        "read_answer",
        place=ScoreId,
        response=record.Response,
    ),
    Operation(
        "explainScore",
        GET,
        "/v1/score/{scoreId}/explanation",
        "Read every reason of an answer.",
        explanation.explanation,
        "read_answer",
        place=ScoreId,
        response=explanation.Response,
    ),
    Operation(
        "replayScore",
        GET,
        "/v1/score/{scoreId}/replay",
        "Have an answer worked out again, and compared byte by byte.",
        replay.replayed,
        "replay",
        place=ScoreId,
        response=replay.Response,
    ),
    Operation(
        "reviewScore",
        POST,
        "/v1/score/{scoreId}/reviews",
        "Record what a specialist decided, seeing the score.",
        review.review,
        "review",
        place=ScoreId,
        request=review.Request,
        response=review.Response,
    ),
    Operation(
        "contestScore",
        POST,
        "/v1/score/{scoreId}/contests",
        "Record that a fact behind an answer is challenged.",
        contest.contest,
        "contest",
        place=ScoreId,
        request=contest.Request,
        response=contest.Response,
    ),
    Operation(
        "readReport",
        GET,
        "/v1/report/{scoreId}",
        "Read an answer explained on a page.",
        page.page,
        "read_answer",
        place=ScoreId,
        media_type=HTML,
    ),
    Operation(
        "printReport",
        GET,
        "/v1/report/{scoreId}/pdf",
        "Have an answer explained on paper.",
        page.paper,
        "read_answer",
        place=ScoreId,
        media_type=PDF,
    ),
    Operation(
        "discoverHooks",
        GET,
        "/cds-services",
        "Tell which hook is served (CDS Hooks).",
        cds.discover,
        "read_model",
    ),
    Operation(
        "callHook",
        POST,
        "/cds-services/{serviceId}",
        "Score one child, as a card (CDS Hooks).",
        cds.call,
        "score",
        place=cds.ServiceId,
        request=cds.Request,
    ),
    Operation(
        "feedBack",
        POST,
        "/cds-services/{serviceId}/feedback",
        "Record what was made of cards (CDS Hooks).",
        cds.feedback,
        "review",
        place=cds.ServiceId,
        request=cds.Feedback,
    ),
    Operation(
        "keepEvents",
        POST,
        "/v1/events",
        "Keep what became known in an office, all of it or nothing.",
        events.events,
        "send_events",
        request=events.Request,
        response=events.Response,
    ),
    Operation(
        "scoreMany",
        POST,
        "/v1/scoreBatches",
        "Score up to 200 children in one call.",
        jobs.batch,
        "score_many",
        request=jobs.BatchRequest,
        response=jobs.Batch,
        many=True,
    ),
    Operation(
        "startJob",
        POST,
        "/v1/scoreJobs",
        "Have any number of children scored by and by.",
        jobs.start,
        "score_many",
        request=jobs.JobRequest,
        response=jobs.JobStatus,
        status=202,
        many=True,
    ),
    Operation(
        "readJob",
        GET,
        "/v1/scoreJobs/{jobId}",
        "Tell how far a job is.",
        jobs.status,
        "read_job",
        place=jobs.JobId,
        response=jobs.JobStatus,
    ),
    Operation(
        "readResults",
        GET,
        "/v1/scoreJobs/{jobId}/results",
        "Read a page of a job's results.",
        jobs.results,
        "read_job",
        place=jobs.Page,
        response=jobs.Results,
    ),
    Operation(
        "tellAlerts",
        GET,
        "/v1/alerts",
        "Tell which children of an office were moved by new events.",
        alerts.alerts,
        "read_worklist",
        place=alerts.Place,
        response=alerts.Response,
    ),
    Operation(
        "tellModels",
        GET,
        "/v1/model",
        "Tell which models answer, and what is known of each.",
        model.model,
        "read_model",
        response=model.Response,
    ),
    Operation(
        "readCard",
        GET,
        "/v1/model/{model}/card",
        "Read what a model claims, and where its limits lie.",
        card.card,
        "read_model",
        place=card.ModelName,
        response=card.Response,
    ),
    Operation(
        "isAlive",
        GET,
        "/livez",
        "Tell that the process answers.",
        health.alive,
        None,
        response=health.Response,
    ),
    Operation(
        "isReady",
        GET,
        "/readyz",
        "Tell whether a score could be given now.",
        health.ready,
        None,
        response=health.Response,
    ),
)
