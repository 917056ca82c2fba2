"""The words of the page, in both languages."""

from features.language.text import Text

WORDS = {
    "title": Text("スコアの説明", "A score explained"),
    "child": Text("児童", "Child"),
    "cutoff": Text("判定基準日", "As known on"),
    "asked": Text("照会日時", "Asked"),
    "answer_id": Text("回答番号", "Answer"),
    "model": Text("モデル", "Model"),
    "version": Text("第{number}版", "version {number}"),
    "flags": Text("重大な危険のサイン", "Signs of grave danger"),
    "flags_beside": Text(
        "スコアとは別に、規則だけで拾い出したものです。スコアが低くても、まず確かめてください。",
        "Found by fixed rules, apart from the score. Look at these first, however low the score.",
    ),
    "no_flags": Text(
        "記録の中には見当たりません。危険がないという意味ではありません。",
        "None in what is on record. That does not mean that there is no danger.",
    ),
    "score": Text("スコア", "Score"),
    "out_of": Text("／20（20が最も高い）", "/ 20 (20 is the highest)"),
    "band": Text("区分", "Band"),
    "band_named": Text(
        "{words}（スコア{first}〜{last}）", "{words} (scores {first} to {last})"
    ),
    "scale": Text(
        "スコア {score}（1〜20）、区分「{band}」", "Score {score}, from 1 to 20, band {band}"
    ),
    "rank": Text(
        "スコアは、過去の事例と比べた順位です。20でも「必ず起きる」ではなく、1でも"
        "「起きない」ではありません。",
        "The score is a rank among past cases. A 20 is not a 100 % chance, and a 1 is not safety.",
    ),
    "chance": Text(
        "見込み {chance}%（幅 {low}〜{high}%）", "Chance {chance} % (range {low} to {high} %)"
    ),
    "chance_about": Text(
        "似たスコアの過去の事例から求めた割合です。幅は、過去の世帯を五つに分けて数えたときの"
        "最小から最大までで、スコアにすると{lowest}〜{highest}に当たります。",
        "the share among past cases with a like result. The range is from the lowest to the "
        "highest that five parts of the past households gave, and stands for scores {lowest} to "
        "{highest}.",
    ),
    "of_hundred": Text(
        "この区分だった過去の児童100人あたり{share}人（{low}〜{high}人）に、この結果がありました。",
        "Of 100 past children in this band, {share} ({low} to {high}) had this outcome.",
    ),
    "counted": Text("実際に数えた児童は{count}人です。", "Counted among {count} children."),
    "outcome": Text("この結果とは", "The outcome"),
    "untold": Text("スコアは出せません", "No score can be given"),
    "untold_about": Text(
        "次の理由で、過去の事例と比べることができません。所の基準に従って判断してください。",
        "The child cannot be compared with past cases. Follow the office's own policy. Why:",
    ),
    "silent": Text("スコアは記録しましたが、表示しません", "Score: recorded, not shown"),
    "silent_about": Text(
        "試行運用中です。スコアとその理由は、あとで検証するために記録だけしています。表示しないことは、"
        "危険が低いという意味ではありません。これまでどおりに判断してください。",
        "This is a silent trial: score and reasons are only recorded, to be examined later. That "
        "none is shown does not mean that the risk is low. Decide as you always have.",
    ),
    "reasons": Text("このスコアになった理由", "Why this score"),
    "reasons_about": Text(
        "重みの大きい順です。棒が右へ長いほどスコアを上げ、左へ長いほど下げています。"
        "原因や責任を示すものではありません。",
        "The weightiest first. A bar to the right raises the score, one to the left lowers it. "
        "A reason is not a cause, and blames nobody.",
    ),
    "raises": Text("上げる", "raises"),
    "lowers": Text("下げる", "lowers"),
    "effect": Text("スコアへの影響", "Effect on the score"),
    "reason": Text("理由と、もとになった記録", "Reason, and the record behind it"),
    "others": Text("そのほかの項目の合計", "All other items together"),
    "parts": Text(
        "記録によって重みが違う理由では、棒を記録に分けた長さを、それぞれの横に小さく示しています。",
        "Where some records of a reason weigh more than others, a small bar beside each shows its "
        "part.",
    ),
    "together": Text("組み合わせの影響", "Reasons that act together"),
    "together_about": Text(
        "次の二つは、それぞれの影響に加えて、二つがそろうことでもスコアを動かしています。"
        "この分は、上の二つの棒に半分ずつ含まれています。",
        "Beyond what each does by itself, the two also move the score as a pair. Half of that is "
        "in the bar of each, above.",
    ),
    "more_together": Text(
        "二つがそろうと、別々の場合の合計より影響が大きくなります",
        "together they weigh more than the sum of both by themselves",
    ),
    "overlap": Text(
        "内容が重なるため、別々の場合の合計より影響が小さくなります",
        "they overlap: together they weigh less than the sum of both by themselves",
    ),
    "pair": Text("{one} ＋ {other}", "{one} + {other}"),
    "themes": Text("分野ごとのまとめ", "The same by theme"),
    "themes_about": Text(
        "すべての項目（上に挙げなかったものを含む）の影響を、分野ごとに合計したものです。",
        "The effects of all items, those not listed above included, summed for each theme.",
    ),
    "other_themes": Text("そのほかの分野の合計", "All other themes together"),
    "no_evidence": Text("該当する記録なし", "no such record"),
    "more": Text("ほか{count}件", "and {count} more"),
    "missing": Text("分からなかったこと", "What could not be known"),
    "missing_about": Text(
        "記録がないため、次の項目は答えられませんでした。「なし」ではなく「不明」です。",
        "With nothing on record, these questions have no answer: unknown, which is not the same "
        "as no.",
    ),
    "items": Text("{count}項目", "{count} questions"),
    "nothing_missing": Text("すべての項目に答えられました。", "Every question could be answered."),
    "timeline": Text("この日までに分かっていた記録", "What was known by then"),
    "timeline_about": Text(
        "新しい順です。判定基準日より後に分かったことは、スコアにも、この表にも入っていません。",
        "The newest first. What became known later is neither in the score nor in this table.",
    ),
    "left_out": Text(
        "これより前の{count}件は省きました。", "{count} earlier rows are left out here."
    ),
    "limits": Text("この説明の限界", "What this page cannot tell"),
    "facts": Text("モデルの情報", "The model"),
    "promoted": Text("運用開始", "Put to use"),
    "promoted_by": Text("{day}（{by}）", "{day}, by {by}"),
    "lock": Text("質問一覧の識別番号", "Questions"),
    "digest": Text("モデルの識別番号", "Fingerprint"),
}  # fmt: skip

LIMITS = (
    Text(
        "記録されたことだけを見ています。現場での印象、会話、書類の文章は読んでいません。",
        "It sees only what is on record: no impressions, no conversations, no written text.",
    ),
    Text(
        "過去の通告と対応から学んでいます。過去の判断の偏りや、通告されなかった児童のことは"
        "補えません。",
        "It has learnt from past notifications and what offices did. It cannot make good what was "
        "unfair in them, nor know of children nobody reported.",
    ),
    Text(
        "突然の重大な被害は、過去の記録からはほとんど予測できません。",
        "Sudden grave harm can hardly be foreseen from past records.",
    ),
    Text(
        "スコアが低いことは、調べない理由になりません。",
        "A low score is never a reason not to look.",
    ),
)


def plain(said: object) -> Text:
    """What is the same in both languages: a number, an id, a name."""
    return Text.said(str(said), str(said))
