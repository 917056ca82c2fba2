"""The words of a plan, in both languages."""

from features.language.text import Text

WORDS = {
    "title": Text("時間の使い方の計画", "A plan for the hours there are"),
    "advice": Text(
        "この計画は、通告のすべてに行う対応（安全確認など）のうえに、残る時間をどの順に使うかを示すものです。"
        "基準のスコアに届かない児童が安全だという意味ではなく、対応を省いてよいという意味でもありません。"
        "重大な危険のサインがある児童は、スコアにかかわらず、まず確かめてください。判断は人が行います。",
        "This plan says in which order to spend the hours that are left when every notification "
        "has got what law and office require. It does not say that a child below the cutoff is "
        "safe, nor that anything may be left out. Signs of grave danger come first, whatever the "
        "score. A person decides.",
    ),
    "model": Text("モデル", "Model"),
    "version": Text("{title} 第{number}版", "{title}, version {number}"),
    "outcome": Text("この結果とは", "The outcome"),
    "judged": Text("数えた児童", "Counted on"),
    "judged_about": Text(
        "{first}〜{last}に通告された児童 延べ{count}人（うち結果があったのは{positives}人）",
        "{count} notified children, {first} to {last}, {positives} of whom had the outcome",
    ),
    "means": Text("使える時間", "Hours there are"),
    "means_about": Text(
        "週{hours}時間。1件あたり{each}時間とすると{cases}件分",
        "{hours} a week: {cases} cases, at {each} hours a case",
    ),
    "notified": Text("通告された児童", "Notified children"),
    "notified_about": Text("週あたり{count}人", "{count} a week"),
    "chosen": Text("基準のスコア：{score}以上", "The cutoff: a score of {score} or more"),
    "chosen_about": Text(
        "この時間で、スコア{score}以上の児童をより詳しく見ることができます"
        "（平均的な週で{needed}時間、残り{left}時間）。",
        "The hours suffice for a closer look at children with a score of {score} or more "
        "({needed} hours in an average week, {left} hours left).",
    ),
    "everybody": Text(
        "この時間で、スコアのある児童全員をより詳しく見ることができます。基準のスコアは要りません。",
        "The hours suffice for a closer look at every child with a score. No cutoff is needed.",
    ),
    "too_few": Text("基準のスコアは決められません", "No cutoff fits the hours"),
    "too_few_about": Text(
        "この時間では、スコア20の児童だけでも全員を見ることはできません（週{needed}時間が必要です）。"
        "どの児童も見ないという意味ではありません。時間を増やせるか、所で相談してください。",
        "The hours do not suffice even for the children with a score of 20, which takes {needed} "
        "hours a week. That does not mean that nobody is looked at: ask for more hours.",
    ),
    "per_hundred": Text("通告された児童100人のうち（人）", "Of 100 notified children"),
    "flagged": Text("詳しく見る", "looked at closely"),
    "reached": Text("結果があり、届く", "with the outcome, reached"),
    "missed": Text("結果があり、見逃す", "with the outcome, missed"),
    "wrongly_flagged": Text("結果がなく、空振り", "without it, wrongly flagged"),
    "unscored": Text("スコアなし（所の基準で対応）", "no score: the office's own policy"),
    "unscored_with_outcome": Text(
        "うち、スコアがなく、結果があった", "of these, without a score and with the outcome"
    ),
    "between": Text("{value} ({low}〜{high})", "{value} ({low} to {high})"),
    "picture": Text("時間ごとの見通し", "What more hours would reach"),
    "picture_about": Text(
        "右へ行くほど時間が増え、上の数字は対応する基準のスコアです。縦の線が、いま使える時間です。"
        "帯は95%信頼区間です。時間を増やすと見逃しは減り、空振りは増えます。",
        "To the right, more hours; above, the cutoff score that they allow. The upright line is "
        "the hours there are; the bands are 95 % intervals. With more hours fewer children are "
        "missed, and more are wrongly flagged.",
    ),
    "hours_a_week": Text("1週間の時間", "hours a week"),
    "cutoff": Text("基準のスコア", "cutoff score"),
    "of_hundred": Text("100人あたりの人数", "of 100 notified children"),
    "table": Text("すべての基準のスコア", "Every cutoff"),
    "groups": Text("グループごとに見た基準のスコア{score}", "The cutoff of {score}, by group"),
    "groups_about": Text(
        "そのグループの児童100人のうちの人数です。差の大小は、区間の幅とあわせて見てください。"
        "人数が少なく何も言えないものは「根拠不足」とします。公平だという意味ではありません。",
        "Of 100 notified children of the group itself. Read differences beside their intervals. "
        "Where a group is too small to say anything it says so, which does not mean that it is "
        "treated fairly.",
    ),
    "field": Text("項目", "Field"),
    "group": Text("グループ", "Group"),
    "count": Text("人数", "Children"),
    "insufficient": Text("根拠不足", "insufficient evidence"),
    "limits": Text("この計画の限界", "What this plan cannot tell"),
}  # fmt: skip

LIMITS = (
    Text(
        "「結果がなかった」のは、記録された結果がなかったということです。"
        "被害がなかったという意味ではありません。詳しく見たことが役に立った場合も、空振りに数えています。",
        "Without the outcome means that none is on record, not that no harm was done. A look that "
        "helped, so that nothing came after, is counted as wrongly flagged too.",
    ),
    Text(
        "過去の児童で数えた平均です。忙しい週には、基準のスコア以上の児童が時間に収まらないことがあります。",
        "It is an average over past children. In a busy week more children reach the cutoff than "
        "the hours allow.",
    ),
    Text(
        "見逃す児童は、どの基準でも必ずいます。基準に届かない児童も、これまでどおりに見てください。"
        "残る時間は、その次に高いスコアや、無作為に選んだ児童に使えます。",
        "Every cutoff misses children. See to those below it as you always have; hours that are "
        "left can go to the next scores, or to children chosen at random.",
    ),
    Text(
        "見ることで結果がどれだけ減るかは、この数字からは分かりません。",
        "These figures do not tell how much harm a closer look prevents.",
    ),
)
