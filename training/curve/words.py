"""The words of a learning curve, in both languages."""

from features.language.text import Text

WORDS = {
    "title": Text("自分たちの記録で足りるか", "Does our own history suffice?"),
    "about": Text(
        "{model}。判定したのは{first}〜{last}に通告された児童 延べ{count}人"
        "（うち結果あり{positives}人）で、どの点でも同じ児童です。",
        "{model}. The same {count} children are judged at every point, notified from {first} to "
        "{last}; {positives} of them had the outcome.",
    ),
    "more_helps": Text(
        "記録が増えれば、順位の正しさはまだ上がります。",
        "More history would still help.",
    ),
    "enough": Text(
        "同じような記録が増えても、順位の正しさはほとんど変わりません。",
        "More of the same history would hardly help.",
    ),
    "cannot_tell": Text(
        "記録が増えれば上がるかどうかは、この人数では分かりません。",
        "Whether more history would help cannot be told from so few children.",
    ),
    "gain": Text(
        "記録を半分から全部に増やしたときのAUROCの差は {gain} でした。",
        "From a half of the history to all of it, the AUROC changed by {gain}.",
    ),
    "between": Text("{value} ({low}〜{high})", "{value} ({low} to {high})"),
    "worth": Text(
        "{worth}より小さい差は、日々の仕事では分からないほどのものとみなしています。",
        "A gain below {worth} is taken to be too small for anybody to notice.",
    ),
    "reaches": Text(
        "全部の記録を使えば、このモデルの合格基準に（区間の下の端でも）届きます。",
        "With all of the history, even the lower end of the interval reaches the model's gate.",
    ),
    "reaches_not": Text(
        "全部の記録を使っても、区間の下の端は、このモデルの合格基準に届きません。",
        "Even with all of the history, the lower end of the interval does not reach the gate.",
    ),
    "picture": Text("記録の割合と順位の正しさ", "How well it ranks, by the share of the history"),
    "examples": Text("学習に使った事例の数", "examples fitted on"),
    "share": Text("記録の割合", "Share of the history"),
    "fitted": Text("学習の事例", "Fitted on"),
    "parts": Text("分け方の数", "Ways to take it"),
    "limits": Text("この結果の限界", "What this cannot tell"),
}  # fmt: skip

LIMITS = (
    Text(
        "世帯ごとに間引いています。年数を延ばした場合や、ほかの所の記録を足した場合のことは分かりません。",
        "Households are left out. What more years would bring, or another office's history, is "
        "not told.",
    ),
    Text(
        "順位の正しさだけを見ています。較正と公平さは、学習のたびに示す表で確かめてください。",
        "Only the order is judged. For calibration and fairness, read what every training tells.",
    ),
    Text(
        "区間は、判定した児童の偶然によるものです。どの世帯が残ったかの偶然は、平均でならしただけです。",
        "The intervals are those of who is judged. Who was left out is only averaged over.",
    ),
)
