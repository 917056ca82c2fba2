"""Calls of the API, written from the published file by `make client`."""

from serving.client import shapes
from serving.client.asking import Asking


class Kizuki(Asking):
    """A desk, asked over HTTP: a method for each operation of the published file."""

    def score_child(self, request: shapes.ScoreRequest, *, key: str | None = None) -> shapes.ScoreAnswer:
        """Score one child from its case file."""
        return self.ask("POST", f"/v1/score", shapes.ScoreAnswer, request=request, key=key)

    def read_score(self, score_id: str) -> shapes.ScoreRecord:
        """Read an answer again, with what was decided about it and what is contested."""
        return self.ask("GET", f"/v1/score/{self.part(score_id)}", shapes.ScoreRecord)

    def explain_score(self, score_id: str) -> shapes.Explanation:
        """Read every reason of an answer."""
        return self.ask("GET", f"/v1/score/{self.part(score_id)}/explanation", shapes.Explanation)

    def replay_score(self, score_id: str) -> shapes.Replay:
        """Have an answer worked out again, and compared byte by byte."""
        return self.ask("GET", f"/v1/score/{self.part(score_id)}/replay", shapes.Replay)

    def review_score(self, score_id: str, request: shapes.ReviewRequest, *, key: str | None = None) -> shapes.Review:
        """Record what a specialist decided, seeing the score."""
        return self.ask("POST", f"/v1/score/{self.part(score_id)}/reviews", shapes.Review, request=request, key=key)

    def contest_score(self, score_id: str, request: shapes.ContestRequest, *, key: str | None = None) -> shapes.Contest:
        """Record that a fact behind an answer is challenged."""
        return self.ask("POST", f"/v1/score/{self.part(score_id)}/contests", shapes.Contest, request=request, key=key)

    def score_many(self, request: shapes.BatchRequest, *, key: str | None = None) -> shapes.Batch:
        """Score up to 200 children in one call."""
        return self.ask("POST", f"/v1/scoreBatches", shapes.Batch, request=request, key=key)

    def start_job(self, request: shapes.JobRequest, *, key: str | None = None) -> shapes.JobStatus:
        """Have any number of children scored by and by."""
        return self.ask("POST", f"/v1/scoreJobs", shapes.JobStatus, request=request, key=key)

    def read_job(self, job_id: str) -> shapes.JobStatus:
        """Tell how far a job is."""
        return self.ask("GET", f"/v1/scoreJobs/{self.part(job_id)}", shapes.JobStatus)

    def read_results(self, job_id: str, *, cursor: int | None = None, page_size: int | None = None) -> shapes.Results:
        """Read a page of a job's results."""
        return self.ask("GET", f"/v1/scoreJobs/{self.part(job_id)}/results", shapes.Results, query={"cursor": cursor, "pageSize": page_size})

    def keep_events(self, request: shapes.CaseEvents, *, key: str | None = None) -> shapes.Receipts:
        """Keep what became known in an office, all of it or nothing."""
        return self.ask("POST", f"/v1/events", shapes.Receipts, request=request, key=key)

    def tell_alerts(self, *, office: str | None = None, after: int | None = None, open: bool | None = None) -> shapes.Alerts:
        """Tell which children of an office were moved by new events."""
        return self.ask("GET", f"/v1/alerts", shapes.Alerts, query={"office": office, "after": after, "open": open})

    def tend_alert(self, alert_id: str, request: shapes.TendingRequest, *, key: str | None = None) -> shapes.Tending:
        """Record that an alert is taken up, or needs nothing."""
        return self.ask("POST", f"/v1/alerts/{self.part(alert_id)}/tendings", shapes.Tending, request=request, key=key)

    def hand_case(self, request: shapes.HandlersRequest, *, key: str | None = None) -> shapes.Handling:
        """Tell who handles the case of a child."""
        return self.ask("POST", f"/v1/cases/handlers", shapes.Handling, request=request, key=key)

    def seal_case(self, request: shapes.SealRequest, *, key: str | None = None) -> shapes.Handling:
        """Close the case of a child to all but those who supervise and audit, or open it again."""
        return self.ask("POST", f"/v1/cases/seals", shapes.Handling, request=request, key=key)

    def break_glass(self, request: shapes.GlassRequest, *, key: str | None = None) -> shapes.GlassReceipt:
        """Open a closed case in an emergency, for an hour at most, and for all to see."""
        return self.ask("POST", f"/v1/brokenGlass", shapes.GlassReceipt, request=request, key=key)

    def tell_broken_glass(self, *, office: str | None = None, after: str | None = None) -> shapes.BrokenGlassList:
        """Tell who broke the glass in front of cases of an office, and what was said of it."""
        return self.ask("GET", f"/v1/brokenGlass", shapes.BrokenGlassList, query={"office": office, "after": after})

    def review_broken_glass(self, glass_id: str, request: shapes.GlassReviewRequest, *, key: str | None = None) -> shapes.GlassReview:
        """Record whether breaking the glass was justified."""
        return self.ask("POST", f"/v1/brokenGlass/{self.part(glass_id)}/reviews", shapes.GlassReview, request=request, key=key)

    def tell_contests(self, *, office: str | None = None, after: str | None = None) -> shapes.ContestList:
        """Tell which contests of answers of an office are to be decided, or to be corrected."""
        return self.ask("GET", f"/v1/contests", shapes.ContestList, query={"office": office, "after": after})

    def decide_contest(self, contest_id: str, request: shapes.ContestDecisionRequest, *, key: str | None = None) -> shapes.ContestDecision:
        """Record whether what was contested is so."""
        return self.ask("POST", f"/v1/contests/{self.part(contest_id)}/decisions", shapes.ContestDecision, request=request, key=key)

    def tell_notices(self, *, office: str | None = None, after: int | None = None, open: bool | None = None) -> shapes.Notices:
        """Tell which answers that the asker has seen were decided on or corrected since."""
        return self.ask("GET", f"/v1/notices", shapes.Notices, query={"office": office, "after": after, "open": open})

    def acknowledge_notice(self, notice_id: str, request: shapes.AcknowledgementRequest, *, key: str | None = None) -> shapes.Acknowledgement:
        """Record that the asker has seen a notice."""
        return self.ask("POST", f"/v1/notices/{self.part(notice_id)}/acknowledgements", shapes.Acknowledgement, request=request, key=key)

    def tell_models(self) -> shapes.Models:
        """Tell which models answer, and what is known of each."""
        return self.ask("GET", f"/v1/model", shapes.Models)

    def read_card(self, model: str) -> shapes.ModelCard:
        """Read what a model claims, and where its limits lie."""
        return self.ask("GET", f"/v1/model/{self.part(model)}/card", shapes.ModelCard)

    def is_alive(self) -> shapes.Health:
        """Tell that the process answers."""
        return self.ask("GET", f"/livez", shapes.Health)

    def is_ready(self) -> shapes.Health:
        """Tell whether a score could be given now."""
        return self.ask("GET", f"/readyz", shapes.Health)
