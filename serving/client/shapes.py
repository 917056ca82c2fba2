"""Types of the API, written from the published file by `make client`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, RootModel


class Acknowledgement(BaseModel):
    """
    Since when a notice is acknowledged.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    notice_id: Annotated[str, Field(alias='noticeId')]
    acknowledged_at: Annotated[str, Field(alias='acknowledgedAt')]


class AcknowledgementRequest(BaseModel):
    """
    That a notice, of an answer of the office, was seen.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    office: str


class AgencyEventsRow(BaseModel):
    """
    関係機関の情報: agency record.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    person: Annotated[
        str,
        Field(description='児童または大人: the child or adult', max_length=128, min_length=1),
    ]
    kind: Annotated[
        Literal['health_check_missed', 'health_check_done', 'injury_treated', 'hospital_stay', 'school_absence', 'police_call', 'arrest', 'missing', 'death', 'moved', 'moved_in'],
        Field(description='できごとの種類: what happened'),
    ]
    days: Annotated[
        float | None,
        Field(description='欠席・入院の日数: days of absence or stay', ge=0.0, le=366.0),
    ] = None


class AllegationsRow(BaseModel):
    """
    虐待の訴え: allegation.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    child: Annotated[
        str, Field(description='児童: the child', max_length=128, min_length=1)
    ]
    notification: Annotated[
        str | None,
        Field(description='通告: the notification', max_length=128, min_length=1),
    ] = None
    kind: Annotated[
        Literal['physical', 'psychological', 'sexual', 'neglect'] | None,
        Field(description='虐待種別: kind of abuse'),
    ] = None
    abuser: Annotated[
        str | None,
        Field(description='虐待者とされた人: the alleged abuser', max_length=128, min_length=1),
    ] = None
    abuser_relation: Annotated[
        Literal['mother', 'father', 'step_mother', 'step_father', 'parents_partner', 'grandparent', 'other_relative', 'unrelated_adult', 'sibling', 'half_sibling', 'step_sibling', 'other_child'] | None,
        Field(description='虐待者の続柄: who the alleged abuser is'),
    ] = None
    witnessed_violence: Annotated[
        bool | None,
        Field(description='面前DV: the child witnessed violence between adults'),
    ] = None


class AssessmentsRow(BaseModel):
    """
    調査: assessment.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    until: Annotated[
        date | None,
        Field(description='終了日。継続中は空欄: the day it ended; empty while it goes on'),
    ] = None
    child: Annotated[
        str, Field(description='児童: the child', max_length=128, min_length=1)
    ]
    notification: Annotated[
        str | None,
        Field(description='通告: the notification', max_length=128, min_length=1),
    ] = None
    kind: Annotated[
        Literal['initial', 'full', 'protection'] | None,
        Field(description='調査の種類: kind of assessment'),
    ] = None


class Band(BaseModel):
    """
    The band, and the share of the past children in it who had the outcome, with its interval.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    code: str
    words: str
    from_score: Annotated[int, Field(alias='fromScore')]
    to_score: Annotated[int, Field(alias='toScore')]
    share: float
    low: float
    high: float
    count: int
    told: str


class BenefitsRow(BaseModel):
    """
    給付: benefit.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    until: Annotated[
        date | None,
        Field(description='終了日。継続中は空欄: the day it ended; empty while it goes on'),
    ] = None
    person: Annotated[
        str, Field(description='受給した人: who received it', max_length=128, min_length=1)
    ]
    kind: Annotated[
        Literal['income_support', 'child_allowance', 'housing'] | None,
        Field(description='給付の種類: kind of benefit'),
    ] = None


class CarriedEvidence(BaseModel):
    """
    A row behind a reason, and the part of the reason's share that it carries.

    See `models.explain.ReasonGiven.carried`: an account, not what the score would be without it.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    table: str
    id: str
    share: float


class ChildrenRow(BaseModel):
    """
    児童: child.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    child: Annotated[
        str, Field(description='児童: the child', max_length=128, min_length=1)
    ]
    office: Annotated[
        str | None,
        Field(
            description='担当の児童相談所: the office in charge', max_length=128, min_length=1
        ),
    ] = None
    sex: Annotated[
        Literal['female', 'male', 'other'] | None, Field(description='性別: sex')
    ] = None
    nationality: Annotated[
        Literal['national', 'foreign'] | None, Field(description='国籍: nationality')
    ] = None
    ethnicity: Annotated[
        str | None,
        Field(description='民族的背景: ethnic background', max_length=128, min_length=1),
    ] = None
    disability: Annotated[bool | None, Field(description='障害の有無: has a disability')] = (
        None
    )
    income_support: Annotated[
        bool | None, Field(description='生活保護の受給: family on income support')
    ] = None


class ContactsRow(BaseModel):
    """
    訪問・面接: contact.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    child: Annotated[
        str, Field(description='児童: the child', max_length=128, min_length=1)
    ]
    kind: Annotated[
        Literal['visit', 'meeting', 'phone'] | None,
        Field(description='接触の種類: kind of contact'),
    ] = None
    outcome: Annotated[
        Literal['made', 'missed', 'refused'] | None,
        Field(description='結果: what came of it'),
    ] = None
    child_seen: Annotated[
        bool | None, Field(description='児童を目視した: the child was seen')
    ] = None


class Contest(BaseModel):
    """
    A challenge on record, since when, and about which answer.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    contest_id: Annotated[str, Field(alias='contestId')]
    score_id: Annotated[str, Field(alias='scoreId')]
    at: AwareDatetime
    table: str
    row_id: Annotated[str | None, Field(alias='rowId')]
    claim: Literal['wrong', 'changed_since', 'not_about_child', 'missing']
    words: str


class ContestDecision(BaseModel):
    """
    What was decided of a contest, by whom, when, and why.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    decision_id: Annotated[str, Field(alias='decisionId')]
    contest_id: Annotated[str, Field(alias='contestId')]
    score_id: Annotated[str, Field(alias='scoreId')]
    at: AwareDatetime
    person: str
    decision: Literal['upheld', 'turned_down']
    reason_code: Annotated[
        Literal['record_mistaken', 'evidence_given', 'record_confirmed', 'nothing_shows_it', 'not_a_fact', 'other'],
        Field(alias='reasonCode'),
    ]
    words: str


class ContestDecisionRequest(BaseModel):
    """
    Whether what was contested is so, why, and in which words.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    decision: Literal['upheld', 'turned_down']
    reason_code: Annotated[
        Literal['record_mistaken', 'evidence_given', 'record_confirmed', 'nothing_shows_it', 'not_a_fact', 'other'],
        Field(alias='reasonCode'),
    ]
    words: Annotated[str, Field(max_length=2000, min_length=1)]


class ContestRequest(BaseModel):
    """
    The fact, by table and row, what is said of it, and in which words.

    Of a fact that is `missing` there is no row to name.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    table: str
    row_id: Annotated[
        str | None, Field(alias='rowId', max_length=128, min_length=1)
    ] = None
    claim: Literal['wrong', 'changed_since', 'not_about_child', 'missing']
    words: Annotated[str, Field(max_length=2000, min_length=1)]


class Contributions(BaseModel):
    """
    How the score adds up, in log-odds: base + shown reasons + all others = margin.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    base: float
    shown: float
    others: float
    margin: float


class Correction(BaseModel):
    """
    That a contested fact behind an answer was corrected, and which answer takes its place.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    correction_id: Annotated[str, Field(alias='correctionId')]
    contest_id: Annotated[str, Field(alias='contestId')]
    score_id: Annotated[str, Field(alias='scoreId')]
    new_score_id: Annotated[str, Field(alias='newScoreId')]
    at: AwareDatetime


class Covered(BaseModel):
    """
    From which day on, until which, and in which kinds the office records a table.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    from_: Annotated[date | None, Field(alias='from')] = None
    to: date | None = None
    kinds: Annotated[list[str] | None, Field(min_length=1)] = None


class EventRow(BaseModel):
    """
    A row of any table, or what an event says of one: which fields it has, its table says.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    happened: date | None = None
    known: date | None = None
    withdrawn: date | None = None
    person: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    family_name: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    given_name: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    family_reading: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    given_reading: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    postal_code: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    municipality: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    address_rest: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    child: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    office: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    sex: Literal['female', 'male', 'other'] | None = None
    nationality: Literal['national', 'foreign'] | None = None
    ethnicity: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    disability: bool | None = None
    income_support: bool | None = None
    until: date | None = None
    relation: Literal['mother', 'father', 'step_mother', 'step_father', 'parents_partner', 'grandparent', 'other_relative', 'unrelated_adult', 'sibling', 'half_sibling', 'step_sibling', 'other_child'] | None = (
        None
    )
    born: date | None = None
    report: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    source: Literal['police', 'school', 'nursery', 'medical', 'welfare', 'health', 'family', 'child', 'neighbour', 'other'] | None = (
        None
    )
    anonymous: bool | None = None
    child_seen: bool | None = None
    notification: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    kind: str | None = None
    abuser: Annotated[str | None, Field(max_length=128, min_length=1)] = None
    abuser_relation: Literal['mother', 'father', 'step_mother', 'step_father', 'parents_partner', 'grandparent', 'other_relative', 'unrelated_adult', 'sibling', 'half_sibling', 'step_sibling', 'other_child'] | None = (
        None
    )
    witnessed_violence: bool | None = None
    outcome: str | None = None
    urgency: Annotated[float | None, Field(ge=0.0, le=3.0)] = None
    severity: Annotated[float | None, Field(ge=0.0, le=4.0)] = None
    site: Literal['head', 'face', 'neck', 'trunk', 'limbs', 'genitals', 'mouth'] | None = (
        None
    )
    extent: Annotated[float | None, Field(ge=1.0, le=4.0)] = None
    days: Annotated[float | None, Field(ge=0.0, le=366.0)] = None
    from_: Annotated[date | None, Field(alias='from')] = None
    to: date | None = None
    kinds: Annotated[list[str] | None, Field(min_length=1)] = None


class Evidence(BaseModel):
    """
    A row of the case file, by table and id.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    table: str
    id: str


class FieldProblem(BaseModel):
    """
    What is wrong with one field: its place in the request, and why.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    field: str
    reason: str


class FindingsRow(BaseModel):
    """
    認定: finding.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    child: Annotated[
        str, Field(description='児童: the child', max_length=128, min_length=1)
    ]
    notification: Annotated[
        str | None,
        Field(description='通告: the notification', max_length=128, min_length=1),
    ] = None
    kind: Annotated[
        Literal['physical', 'psychological', 'sexual', 'neglect'] | None,
        Field(description='虐待種別: kind of abuse'),
    ] = None
    outcome: Annotated[
        Literal['substantiated', 'unsubstantiated', 'inconclusive'] | None,
        Field(description='認定の結果: outcome'),
    ] = None
    severity: Annotated[
        float | None, Field(description='重症度: severity', ge=0.0, le=4.0)
    ] = None
    abuser: Annotated[
        str | None,
        Field(description='虐待者とされた人: the alleged abuser', max_length=128, min_length=1),
    ] = None


class GlassReceipt(BaseModel):
    """
    The case can be scored and read until then, by who asked and nobody else.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    glass_id: Annotated[str, Field(alias='glassId')]
    office: str
    child: str
    until: AwareDatetime


class GlassRequest(BaseModel):
    """
    Whose case is to be opened to who asks, for how long, and why, in words of 20 characters.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    office: str
    child: str
    reason_code: Annotated[
        Literal['imminent_danger', 'nobody_reachable', 'family_moved', 'other'],
        Field(alias='reasonCode'),
    ]
    words: Annotated[str, Field(max_length=2000, min_length=20)]
    minutes: Annotated[int | None, Field(ge=1, le=60)] = None


class GlassReview(BaseModel):
    """
    What a supervisor said of it, and when.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    review_id: Annotated[str, Field(alias='reviewId')]
    glass_id: Annotated[str, Field(alias='glassId')]
    at: AwareDatetime
    person: str
    decision: Literal['justified', 'not_justified']
    words: Annotated[str | None, Field(...)]


class GlassReviewRequest(BaseModel):
    """
    What a supervisor thinks of it.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    decision: Literal['justified', 'not_justified']
    words: Annotated[str | None, Field(max_length=2000, min_length=1)] = None


class Person(RootModel[str]):
    root: Annotated[str, Field(pattern='^[\\x21-\\x7e]{1,128}$')]


class HandlersRequest(BaseModel):
    """
    Who handles the case of a child from now on, by the ids of the identity provider.

    They take the place of those before; where there are none, whoever asks for an answer handles
    the case as far as that answer goes.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    office: str
    child: str
    persons: Annotated[list[Person], Field(max_length=50)]


class Handling(BaseModel):
    """
    How the case stands now, by the record of the journal that says so.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    record_id: Annotated[str, Field(alias='recordId')]
    office: str
    child: str
    handlers: list[str]
    sealed: bool


class Health(BaseModel):
    """
    How the desk is; `registry` is stale where who is to answer by now cannot be taken.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    status: Literal['alive', 'ready']
    registry: Literal['current', 'stale'] | None = None


class JobStatus(BaseModel):
    """
    How far a job is; while it goes on, ask `statusUrl` again after `retryAfterSeconds`.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    job_id: Annotated[str, Field(alias='jobId')]
    status: Literal['running', 'done']
    requests: int
    scored: int
    refused: int
    status_url: Annotated[str, Field(alias='statusUrl')]
    results_url: Annotated[str, Field(alias='resultsUrl')]
    retry_after_seconds: Annotated[int | None, Field(alias='retryAfterSeconds')]


class MembersRow(BaseModel):
    """
    世帯の構成: household member.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    until: Annotated[
        date | None,
        Field(description='終了日。継続中は空欄: the day it ended; empty while it goes on'),
    ] = None
    child: Annotated[
        str, Field(description='児童: the child', max_length=128, min_length=1)
    ]
    person: Annotated[
        str,
        Field(
            description='同居する人: the person who lives with the child',
            max_length=128,
            min_length=1,
        ),
    ]
    relation: Annotated[
        Literal['mother', 'father', 'step_mother', 'step_father', 'parents_partner', 'grandparent', 'other_relative', 'unrelated_adult', 'sibling', 'half_sibling', 'step_sibling', 'other_child'] | None,
        Field(description='児童から見た続柄: who the person is to the child'),
    ] = None
    born: Annotated[
        date | None, Field(description="同居する人の生年月日: the person's day of birth")
    ] = None


class Model(BaseModel):
    """
    Which model answered: `lock` is the hash of its questions, `digest` of its whole bundle.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    name: str
    title: str
    version: int
    lock: str
    digest: str


class ModelCard(BaseModel):
    """
    The card as Markdown.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    model: str
    markdown: str


class Notice(BaseModel):
    """
    What became of an answer that was seen: its contest was decided, or the fact was corrected.

    `newScoreId` is the answer that stands now, be it the same. `position` counts the notices. It is
    open until it is acknowledged.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: str
    position: int
    at: str
    contest_id: Annotated[str, Field(alias='contestId')]
    score_id: Annotated[str, Field(alias='scoreId')]
    new_score_id: Annotated[str, Field(alias='newScoreId')]
    what: Literal['corrected', 'upheld', 'turned_down']
    acknowledged_at: Annotated[str | None, Field(alias='acknowledgedAt')]


class Notices(BaseModel):
    """
    The notices to whoever asks, in their order; more are to come while the list is full.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    office: str
    notices: list[Notice]


class NotificationsRow(BaseModel):
    """
    通告: notification.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    child: Annotated[
        str, Field(description='児童: the child', max_length=128, min_length=1)
    ]
    report: Annotated[
        str | None,
        Field(
            description='受付番号。同じ通告の児童に共通: report number, shared by its children',
            max_length=128,
            min_length=1,
        ),
    ] = None
    office: Annotated[
        str | None,
        Field(
            description='受け付けた児童相談所: the office that took it',
            max_length=128,
            min_length=1,
        ),
    ] = None
    source: Annotated[
        Literal['police', 'school', 'nursery', 'medical', 'welfare', 'health', 'family', 'child', 'neighbour', 'other'] | None,
        Field(description='通告の経路: who notified'),
    ] = None
    anonymous: Annotated[
        bool | None, Field(description='匿名の通告: the notifier gave no name')
    ] = None
    child_seen: Annotated[
        bool | None, Field(description='通告者が児童を見た: the notifier saw the child')
    ] = None


class ObservationsRow(BaseModel):
    """
    所見: red-flag observation.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    child: Annotated[
        str, Field(description='児童: the child', max_length=128, min_length=1)
    ]
    notification: Annotated[
        str | None,
        Field(description='通告: the notification', max_length=128, min_length=1),
    ] = None
    kind: Annotated[
        Literal['disclosure', 'asks_protection', 'injury', 'weapon', 'threat', 'confined', 'unfed', 'alone', 'sexual_harm', 'carer_unwell', 'carer_intoxicated', 'violence_at_home', 'hygiene'],
        Field(description='所見の種類: what was observed'),
    ]
    site: Annotated[
        Literal['head', 'face', 'neck', 'trunk', 'limbs', 'genitals', 'mouth'] | None,
        Field(description='けがの部位: site of the injury'),
    ] = None
    extent: Annotated[
        float | None, Field(description='けがの程度: extent of the injury', ge=1.0, le=4.0)
    ] = None


class PendingContest(BaseModel):
    """
    A contest that asks for something: to be decided or, where it was upheld, to be corrected.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    contest_id: Annotated[str, Field(alias='contestId')]
    score_id: Annotated[str, Field(alias='scoreId')]
    at: AwareDatetime
    table: str
    row_id: Annotated[str | None, Field(alias='rowId')]
    claim: Literal['wrong', 'changed_since', 'not_about_child', 'missing']
    words: str
    child: str
    person: str
    decisions: list[ContestDecision]


class PeopleRow(BaseModel):
    """
    氏名・住所: name and address.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    person: Annotated[
        str, Field(description='人: the person', max_length=128, min_length=1)
    ]
    family_name: Annotated[
        str | None, Field(description='姓: family name', max_length=128, min_length=1)
    ] = None
    given_name: Annotated[
        str | None, Field(description='名: given name', max_length=128, min_length=1)
    ] = None
    family_reading: Annotated[
        str | None,
        Field(
            description='姓の読み: reading of the family name', max_length=128, min_length=1
        ),
    ] = None
    given_reading: Annotated[
        str | None,
        Field(
            description='名の読み: reading of the given name', max_length=128, min_length=1
        ),
    ] = None
    postal_code: Annotated[
        str | None, Field(description='郵便番号: postal code', max_length=128, min_length=1)
    ] = None
    municipality: Annotated[
        str | None,
        Field(description='市区町村: municipality', max_length=128, min_length=1),
    ] = None
    address_rest: Annotated[
        str | None,
        Field(
            description='町名以下の住所、またはその暗号化値: the rest of the address, or a keyed hash of it',
            max_length=128,
            min_length=1,
        ),
    ] = None


class PlacementsRow(BaseModel):
    """
    一時保護・措置: placement.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    until: Annotated[
        date | None,
        Field(description='終了日。継続中は空欄: the day it ended; empty while it goes on'),
    ] = None
    child: Annotated[
        str, Field(description='児童: the child', max_length=128, min_length=1)
    ]
    kind: Annotated[
        Literal['custody', 'foster', 'infant_home', 'residential', 'kinship', 'adoption', 'other'] | None,
        Field(description='保護・措置の種類: kind of placement'),
    ] = None


class Problem(BaseModel):
    """
    Why there is no answer (RFC 9457).

    `code` is stable; `instance` names the request, as the log does; `retryAfterSeconds` says when
    to ask again, where that helps.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    retry_after_seconds: Annotated[int | None, Field(alias='retryAfterSeconds')]
    errors: list[FieldProblem]


class Quarantine(BaseModel):
    """
    Since when the answer is worth nothing, and which columns of its row came out otherwise.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    at: AwareDatetime
    columns: list[str]


class Range(BaseModel):
    """
    Two probabilities, the lower and the higher, and the scores that they stand for.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    low: float
    high: float
    from_score: Annotated[int, Field(alias='fromScore')]
    to_score: Annotated[int, Field(alias='toScore')]


class Reason(BaseModel):
    """
    One reason: `share` is its part of the score in log-odds, and `theme` the code of its theme.

    `evidence` holds the rows behind the words. Their parts make up the share together with those of
    the feature's other windows, and with what it weighs that nothing is on record.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    code: str
    words: str
    theme: str
    share: float
    direction: Literal['raises', 'lowers']
    evidence: list[CarriedEvidence]


class Receipt(BaseModel):
    """
    The receipt of an event: how many the office had told with it, and when it was first told.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: str
    received: int
    received_at: Annotated[str, Field(alias='receivedAt')]


class Receipts(BaseModel):
    """
    A receipt for each event, in the order of the request; it is the same however often asked.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    office: str
    events: list[Receipt]


class RedFlag(BaseModel):
    """
    A red flag: it stands beside the score, and never changes it.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    code: str
    words: str
    evidence: list[Evidence]


class Refused(BaseModel):
    """
    Why the request at a place, counted from 0, has no answer.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    place: int
    problem: Problem


class Replay(BaseModel):
    """
    Whether the same bytes come out; else in which parts they differ.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    score_id: Annotated[str, Field(alias='scoreId')]
    same: bool
    differing: list[str]


class Review(BaseModel):
    """
    A decision on record, since when, and about which answer.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    review_id: Annotated[str, Field(alias='reviewId')]
    score_id: Annotated[str, Field(alias='scoreId')]
    at: AwareDatetime
    decision: Literal['agree', 'override']
    reason_code: Annotated[
        Literal['known_otherwise', 'record_wrong', 'changed_since', 'safe_already', 'graver', 'other'] | None,
        Field(alias='reasonCode'),
    ]
    words: Annotated[str | None, Field(...)]


class ReviewRequest(BaseModel):
    """
    The decision: an override names its reason, and says it in words where that is `other`.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    decision: Literal['agree', 'override']
    reason_code: Annotated[
        Literal['known_otherwise', 'record_wrong', 'changed_since', 'safe_already', 'graver', 'other'] | None,
        Field(alias='reasonCode'),
    ] = None
    words: Annotated[str | None, Field(max_length=2000, min_length=1)] = None


class Said(BaseModel):
    """
    A stable code and its words.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    code: str
    words: str


class ScreeningsRow(BaseModel):
    """
    受理判断: screening.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    child: Annotated[
        str, Field(description='児童: the child', max_length=128, min_length=1)
    ]
    notification: Annotated[
        str | None,
        Field(description='通告: the notification', max_length=128, min_length=1),
    ] = None
    outcome: Annotated[
        Literal['screened_in', 'screened_out', 'referred'] | None,
        Field(description='判断: decision'),
    ] = None
    urgency: Annotated[
        float | None, Field(description='緊急度: urgency', ge=0.0, le=3.0)
    ] = None


class SealRequest(BaseModel):
    """
    Whether the case of a child is closed to all but supervisors and auditors.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    office: str
    child: str
    sealed: bool


class ServicesRow(BaseModel):
    """
    支援: service.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: Annotated[
        str,
        Field(
            description='行の識別番号: identifier of the row', max_length=128, min_length=1
        ),
    ]
    happened: Annotated[
        date, Field(description='発生日。期間のある行では開始日: the day it happened, or began')
    ]
    known: Annotated[
        date, Field(description='把握日。記録された日: the day the office had it on record')
    ]
    withdrawn: Annotated[
        date | None,
        Field(
            description="取消日。訂正・取消で無効となった日: the day a correction took this row's place"
        ),
    ] = None
    until: Annotated[
        date | None,
        Field(description='終了日。継続中は空欄: the day it ended; empty while it goes on'),
    ] = None
    child: Annotated[
        str, Field(description='児童: the child', max_length=128, min_length=1)
    ]
    kind: Annotated[
        Literal['guidance', 'parenting', 'respite', 'counselling', 'protection_plan', 'need_plan'] | None,
        Field(description='支援の種類: kind of service'),
    ] = None
    outcome: Annotated[
        Literal['completed', 'refused', 'ended_early'] | None,
        Field(description='終わり方: how it went'),
    ] = None


class Tended(BaseModel):
    """
    Who has dealt with an alert, when, and how.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    at: str
    person: str
    what: Literal['taken_up', 'nothing_needed']


class Tending(BaseModel):
    """
    Who has dealt with an alert, when, and how.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    tending_id: Annotated[str, Field(alias='tendingId')]
    alert_id: Annotated[str, Field(alias='alertId')]
    score_id: Annotated[str, Field(alias='scoreId')]
    at: AwareDatetime
    person: str
    what: Literal['taken_up', 'nothing_needed']
    words: Annotated[str | None, Field(...)]


class TendingRequest(BaseModel):
    """
    What becomes of an alert of the office: it is `taken_up`, or there is `nothing_needed`.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    office: str
    what: Literal['taken_up', 'nothing_needed']
    words: Annotated[str | None, Field(max_length=2000, min_length=1)] = None


class Theme(BaseModel):
    """
    One side of a child's life: `share` is that of all its reasons, shown or not.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    code: str
    words: str
    share: float


class Words(BaseModel):
    """
    One phrase in both languages.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    ja: str
    en: str


class Alert(BaseModel):
    """
    A child who moved to another band, or of whom red flags were raised, and the answer behind.

    `received` is how many events the office had told by then: with it, the store can be asked as
    it was. `position` counts the alerts of the office. It is open until it is `tended`.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: str
    position: int
    at: str
    child: str
    model: str
    cutoff: str
    received: int
    band_before: Annotated[str | None, Field(alias='bandBefore')]
    band: Annotated[str | None, Field(...)]
    red_flags: Annotated[list[str], Field(alias='redFlags')]
    score_id: Annotated[str, Field(alias='scoreId')]
    tended: Tended | None


class Alerts(BaseModel):
    """
    Alerts in their order; more are to come while the list is full.

    They are of the first `looked` events that the office told, of `received`.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    office: str
    alerts: list[Alert]
    looked: int
    received: int


class BandFared(BaseModel):
    """
    A band: its scores, and the share of its past children who had the outcome.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    code: str
    words: Words
    from_score: Annotated[int, Field(alias='fromScore')]
    to_score: Annotated[int, Field(alias='toScore')]
    share: float
    low: float
    high: float
    count: int


class BrokenGlass(BaseModel):
    """
    Who broke the glass in front of which case, why, and what supervisors said of it since.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    glass_id: Annotated[str, Field(alias='glassId')]
    at: str
    until: str
    child: str
    person: str
    reason_code: Annotated[
        Literal['imminent_danger', 'nobody_reachable', 'family_moved', 'other'],
        Field(alias='reasonCode'),
    ]
    words: str
    reviews: list[GlassReview]


class BrokenGlassList(BaseModel):
    """
    The oldest first; more may be behind the last one while the list is full.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    office: str
    glass: list[BrokenGlass]


class CaseEvent(BaseModel):
    """
    One event: `row` is a row of the table as it became known, with the two days of every row.

    Of the type `record`, it holds the fields of the case file; a later known record of the same row
    corrects it. Of the type `withdrawal`, it holds `id` and `known`: from that day on, nothing of
    the row is believed. Of the type `coverage`, it holds `known`, `from`, `to` and `kinds`: the
    office keeps the table at all, and what of it.

    `version` orders what became known of one row on one day: the highest stands.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    id: str
    type: Literal['record', 'withdrawal', 'coverage']
    table: str
    version: Annotated[int | None, Field(ge=0, le=999)] = None
    row: EventRow


class CaseEvents(BaseModel):
    """
    Events of one office, in any order; those that were kept before count as kept.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    office: str
    events: Annotated[list[CaseEvent], Field(max_length=1000, min_length=1)]


class CaseFile(BaseModel):
    """
    Rows by table. An empty table says that nothing happened, one that is left out that the office does not record this.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    people: list[PeopleRow] | None = None
    children: list[ChildrenRow] | None = None
    members: list[MembersRow] | None = None
    notifications: list[NotificationsRow] | None = None
    allegations: list[AllegationsRow] | None = None
    screenings: list[ScreeningsRow] | None = None
    assessments: list[AssessmentsRow] | None = None
    findings: list[FindingsRow] | None = None
    observations: list[ObservationsRow] | None = None
    contacts: list[ContactsRow] | None = None
    placements: list[PlacementsRow] | None = None
    services: list[ServicesRow] | None = None
    agency_events: list[AgencyEventsRow] | None = None
    benefits: list[BenefitsRow] | None = None


class ContestList(BaseModel):
    """
    The oldest first; more may be behind the last one while the list is full.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    office: str
    contests: list[PendingContest]


class Coverage(BaseModel):
    """
    Coverage by table.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    people: Covered | None = None
    children: Covered | None = None
    members: Covered | None = None
    notifications: Covered | None = None
    allegations: Covered | None = None
    screenings: Covered | None = None
    assessments: Covered | None = None
    findings: Covered | None = None
    observations: Covered | None = None
    contacts: Covered | None = None
    placements: Covered | None = None
    services: Covered | None = None
    agency_events: Covered | None = None
    benefits: Covered | None = None


class Explanation(BaseModel):
    """
    All reasons, the weightiest first, the themes they belong to, and how the score adds up.

    Where no score was shown there are none, and `contributions` is null.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    score_id: Annotated[str, Field(alias='scoreId')]
    reasons: list[Reason]
    themes: list[Theme]
    contributions: Contributions | None
    missing: list[Said]
    cannot_tell: Annotated[list[Said], Field(alias='cannotTell')]


class LoadedModel(BaseModel):
    """
    A model that answers, what it had to hold, and who made it the one that answers.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    name: str
    title: Words
    outcome: Words
    version: int
    lock: str
    digest: str
    promoted_by: Annotated[str, Field(alias='promotedBy')]
    promoted_at: Annotated[str, Field(alias='promotedAt')]
    gates: list[str]
    bands: list[BandFared]


class Models(BaseModel):
    """
    Every model that answers; `defaultModel` does where a request names none.

    `silent` says that scores are journaled and not shown.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    default_model: Annotated[str, Field(alias='defaultModel')]
    silent: bool
    models: list[LoadedModel]


class ScoreAnswer(BaseModel):
    """
    The answer; where something is in `cannotTell`, no score is given and the rest is null.

    That holds for a silent desk too, which gives the code `silent`: a client that can be told
    nothing needs no change for a silent trial.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    score_id: Annotated[str, Field(alias='scoreId')]
    model: Model
    child: str
    cutoff: date
    language: Literal['ja', 'en']
    advice: str
    outcome: str
    probability: Annotated[float | None, Field(...)]
    range: Range | None
    score: Annotated[int | None, Field(...)]
    band: Band | None
    red_flags: Annotated[list[RedFlag], Field(alias='redFlags')]
    reasons: list[Reason]
    themes: list[Theme]
    contributions: Contributions | None
    missing: list[Said]
    cannot_tell: Annotated[list[Said], Field(alias='cannotTell')]


class ScoreRecord(BaseModel):
    """
    The answer, its reviews, which facts are contested, what was decided of that, and corrected.

    An answer in `quarantine` is not to be used: its row could not be answered the same again.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    answer: ScoreAnswer
    quarantine: Quarantine | None
    reviews: list[Review]
    contests: list[Contest]
    decisions: list[ContestDecision]
    corrections: list[Correction]


class ScoreRequest(BaseModel):
    """
    The question: `caseFile` holds rows by table, in the fields of the case file.

    `coverage` says from which day on, until which, and in which kinds the office records a table.
    Without a case file, what `office` has told the store until the cutoff is taken, of the first
    `received` events that it told, or of all. With one, the two say where it came from.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    child: str
    cutoff: date
    case_file: Annotated[CaseFile | None, Field(alias='caseFile')] = None
    coverage: Coverage | None = None
    office: str | None = None
    received: Annotated[int | None, Field(ge=1, le=9007199254740991)] = None
    model: str | None = None
    language: Literal['ja', 'en'] | None = None


class Scored(BaseModel):
    """
    The answer to the request at a place, counted from 0.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    place: int
    answer: ScoreAnswer


class Batch(BaseModel):
    """
    What became of each request.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    batch_id: Annotated[str, Field(alias='batchId')]
    scored: list[Scored]
    refused: list[Refused]


class BatchRequest(BaseModel):
    """
    Up to 200 requests; what one of them cannot be answered for does not hold up the others.

    One that cannot be read refuses them all: whoever sent it is told at once, and where.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    requests: Annotated[list[ScoreRequest], Field(max_length=200, min_length=1)]


class JobRequest(BaseModel):
    """
    Any number of requests, as far as one body holds them.

    One that cannot be read refuses them all: a job that was taken is no longer refused for that.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    requests: Annotated[list[ScoreRequest], Field(min_length=1)]


class Results(BaseModel):
    """
    What became of the requests from a cursor on; `nextCursor` is null at the end of the job.

    Where the next ones are not answered yet, `retryAfterSeconds` says when to ask again.
    """

    model_config = ConfigDict(
        extra='ignore',
        populate_by_name=True,
    )
    job_id: Annotated[str, Field(alias='jobId')]
    scored: list[Scored]
    refused: list[Refused]
    next_cursor: Annotated[int | None, Field(alias='nextCursor')]
    retry_after_seconds: Annotated[int | None, Field(alias='retryAfterSeconds')]
