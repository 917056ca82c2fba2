"""What makes an alarm ring: one table, each threshold with its words and where it comes from."""

from dataclasses import dataclass

from features.language.text import Text

FALSE_ALARMS = 0.01  # of a hundred watches over a world that has not changed, one may ring


@dataclass(frozen=True)
class Threshold:
    """A kind of alarm: its words, the limit beyond which it rings, its unit, and the source.

    Whatever the limit, no alarm rings for what chance alone would show: the chance of a false alarm
    is shared out evenly among all checks of a watch (Bonferroni), and what is alike because it is
    of one household or one child is not counted twice.
    """

    code: str
    words: Text
    limit: float
    unit: str
    why: str


PSI_MOVED = 0.1  # Siddiqi 2006, Credit Risk Scorecards: below 0.1 no change worth a look

THRESHOLDS = {
    threshold.code: threshold
    for threshold in (
        Threshold(
            "too_few_children",
            Text("判断材料が不足", "insufficient evidence: too few children served"),
            0.5,
            "share of columns in which a shift could not be told from chance",
            "our own: with half of the columns in the dark, silence is not quiet",
        ),
        Threshold(
            "column_shifted",
            Text("列の分布が変化", "a column's distribution shifted"),
            0.2,
            "PSI",
            "from 0.25 on a shift counts as major (Siddiqi 2006); 0.2, so that sampling error does "
            "not hide every second one of these",
        ),
        Threshold(
            "many_columns_moved",
            Text("多数の列が同時に変化", "many columns moved at once"),
            0.1,
            "share of columns with a PSI of 0.1 or more",
            "our own: no rule is published, and with Evidently's default of one half, 50 of 100 "
            "columns could move unsaid",
        ),
        Threshold(
            "column_missing",
            Text("欠測が増加", "a column's missing values jumped"),
            0.05,
            "rise in the share of missing values",
            "up to 5 % missing is commonly held to do little harm (Schulz and Grimes 2002)",
        ),
        Threshold(
            "column_frozen",
            Text("値が固定", "a feed is frozen: one value for everybody"),
            1,
            "share of children with one value",
            "rings where chance alone would not give every child the same value",
        ),
        Threshold(
            "score_shifted",
            Text("スコアの分布が変化", "the scores' distribution shifted"),
            PSI_MOVED,
            "PSI",
            "what people act on is watched more closely than a single column (Siddiqi 2006: from "
            "0.1 on, look)",
        ),
        Threshold(
            "score_level",
            Text("スコアの平均が変化", "the scores' average moved"),
            0.1,
            "standard deviations of the probability",
            "a standardised difference above 0.1 counts as an imbalance (Austin 2009); it shows "
            "that the outcome became more or less frequent before any outcome is known",
        ),
        Threshold(
            "outcome_rate",
            Text("結果の頻度が予測と不一致", "more or fewer outcomes than the scores expect"),
            0.2,
            "log-odds (calibration in the large)",
            "our own: about a fifth more or fewer children with the outcome than expected; it "
            "rings where the whole 95 % interval lies beyond",
        ),
        Threshold(
            "gate_failed",
            Text("合格基準を満たさない", "a gate of the model fails on what has come out"),
            0,
            "see the model's gates",
            "the gates that let the model be promoted, asked again of all served answers or, where "
            "they ask for outcomes, of those whose horizon is over; it rings where the whole 95 % "
            "interval lies outside",
        ),
        Threshold(
            "group_gap",
            Text("集団間の差が基準を超過", "a gap between groups exceeds its gate"),
            0,
            "see the model's gates",
            "the same for gaps between audited groups, among groups with evidence enough",
        ),
    )
}
