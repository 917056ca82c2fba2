"""The field's words: one for each thing, the same in code, in Japanese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the house: as the code writes it, as the field writes it, and what it means."""

    code: str
    ja: str
    meaning: str


TERMS = (
    Term("notification", "通告", "a report to the office about a child (US: referral)"),
    Term(
        "allegation",
        "虐待の訴え",
        "one kind of abuse (虐待種別) alleged in a notification: physical, psychological, sexual "
        "or neglect",
    ),
    Term("screening", "受理判断", "the decision at intake: in or out"),
    Term("assessment", "調査", "the inquiry into a notification"),
    Term(
        "finding",
        "認定",
        "the outcome of an assessment: substantiated, unsubstantiated, … (NCANDS: disposition)",
    ),
    Term("observation", "所見", "a red flag: what somebody saw or the child said"),
    Term(
        "contact",
        "訪問・面接・安全確認",
        "a visit or meeting: made, missed or refused; the child seen or not",
    ),
    Term("placement", "一時保護・措置", "a span away from home"),
    Term("household", "世帯", "those who live with the child"),
    Term("member", "世帯員", "one of them, from a day until a day"),
    Term("role", "立場", "whose rows are asked of: self, sibling, adult, alleged abuser"),
    Term("happened", "発生日", "the day of a row; of one that lasts, its first"),
    Term("known", "把握日", "the day the office had the row on record"),
    Term("cutoff", "判定基準日", "the day as of which a question is answered (OHDSI: index date)"),
    Term(
        "coverage",
        "記録の範囲",
        "the days for which, and the kinds in which, the office keeps a table; outside, no row is "
        "unknown and not none",
    ),
    Term("lookback", "遡及期間", "days up to and with the cutoff"),
    Term("sunset", "打ち切り", "the age of a fact after which it no longer changes an answer"),
    Term("half-life", "半減期", "the days after which a fact counts for half as much"),
    Term("horizon", "予測期間", "days after the cutoff"),
    Term("cohort", "対象集団", "who is scored, and when"),
    Term("label", "目的変数", "the outcome within the horizon"),
    Term("feature", "特徴量", "a question about a child's history"),
    Term("column", "列", "the question at one window"),
    Term("row", "行", "all answers for one child and one cutoff"),
    Term("reason", "根拠", "a feature's share of a score, in words"),
    Term("reason code", "根拠コード", "the stable short name of a reason"),
    Term("evidence", "証拠", "the rows behind a reason"),
    Term("score", "スコア", "a calibrated probability"),
    Term("band", "区分", "the named range of a score, 1-20"),
    Term("range", "幅", "the interval of a score"),
    Term("gate", "合格基準", "what must hold before a model may answer"),
    Term("measure", "指標", "how it is measured"),
    Term("champion", "現行", "the model that answers"),
    Term("challenger", "候補", "the model that answers silently beside it"),
    Term("journal", "記録", "what was answered"),
    Term("review", "専門職の判断", "what the person decided"),
)
