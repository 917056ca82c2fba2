"""The words of what is handed out and of the report, in both languages."""

from features.language.text import Text

HAND_OUT = {
    "title": Text("ブラインド比較", "Blind comparison"),
    "case": Text("事例 {number}", "Case {number}"),
    "advice": Text(
        "スコアは表示していません。ここにある記録だけを見て、ご自身の判断を書いてください。"
        "ほかの人とは、全員が書き終えるまで話し合わないでください。",
        "No score is shown. Judge from the records on these pages alone, and do not talk about "
        "the cases until everybody has judged.",
    ),
    "asked": Text("判断すること", "What to judge"),
    "asked_about": Text(
        "次の結果になる見込みが、過去に通告された児童の中でどのくらいの順位かを、"
        "1〜20で書いてください：{outcome}。",
        "How likely is this, as a rank among notified children from 1 to 20: {outcome}.",
    ),
    "scale": Text(
        "20は最も見込みの高い20分の1、1は最も低い20分の1です。迷うときは、区分の名前でもかまいません：",
        "20 is the most likely twentieth, 1 the least likely. Where you cannot tell so finely, "
        "give the name of a band:",
    ),
    "band": Text("{words}（{first}〜{last}）", "{words} ({first} to {last})"),
    "form": Text(
        "form.csv の judgement の列に1〜20か区分の名前を、reasons の列に理由を書き、"
        "「CSV UTF-8」で保存してください。分からない事例は空けておいてください。",
        "In form.csv, give 1 to 20 or a band in the column judgement, and why in the column "
        "reasons; save it as CSV UTF-8. Leave a case empty that you cannot judge.",
    ),
    "cases": Text("事例の一覧", "The cases"),
    "cutoff": Text(
        "{day}までに分かっていた記録です。新しい順に並んでいます。",
        "What was known by {day}, the newest first.",
    ),
    "nothing": Text(
        "判定基準日より後に分かったこと、氏名、文章の記録は入っていません。",
        "Nothing that became known later is in it, no name and no written text.",
    ),
    "back": Text("一覧へ", "all cases"),
}  # fmt: skip

REPORT = {
    "title": Text("ブラインド比較の結果", "What the blind comparison shows"),
    "advice": Text(
        "判断が分かれたとき、モデルと専門職のどちらが正しいかは、この結果だけでは分かりません。"
        "大きく分かれた事例を、理由とあわせて一緒に見直すためのものです。",
        "Where they differ, these figures do not tell who is right, model or specialist. They are "
        "for looking again, together, at the cases far apart, with the reasons given.",
    ),
    "about": Text(
        "モデル {model} 第{version}版、{cases}事例（区分ごとにほぼ同数）、"
        "専門職{people}人、判断{count}件",
        "Model {model}, version {version}: {cases} cases, about alike many of each band, "
        "{people} specialist(s), {count} judgements",
    ),
    "far_below": Text(
        "モデルが2区分以上低かった判断：{count}件。まずここから見直してください。",
        "In {count} judgements the model was lower by two bands or more. Look at these first.",
    ),
    "far_above": Text(
        "モデルが2区分以上高かった判断：{count}件。",
        "In {count} it was higher by two bands or more.",
    ),
    "agreement": Text("一致の度合い", "Agreement"),
    "agreement_about": Text(
        "κ（重み付きカッパ）は、偶然をのぞいた一致の度合いで、1が完全な一致、0が偶然と同じです。"
        "専門職どうしの値と比べて読んでください。かっこ内は95%信頼区間です。",
        "Kappa is the agreement beyond chance: 1 is perfect, 0 is what chance gives. Read it "
        "beside the one between specialists. In brackets, the 95 % interval.",
    ),
    "who": Text("比べた相手", "With whom"),
    "over_all": Text("専門職全員", "all specialists"),
    "between": Text("専門職どうし（参考）", "between specialists, to compare"),
    "count": Text("件数", "Judged"),
    "kappa": Text("κ（重み付き）", "Weighted kappa"),
    "same": Text("同じ区分", "Same band"),
    "below": Text("低すぎるとされた", "Model judged too low"),
    "above": Text("高すぎるとされた", "Model judged too high"),
    "of_which_far": Text("{count}（2区分以上 {far}）", "{count} (by two or more: {far})"),
    "insufficient": Text("根拠不足", "insufficient evidence"),
    "table": Text("区分の組み合わせ", "Band by band"),
    "table_about": Text(
        "縦がモデル、横が専門職の区分です。", "The model's band down, the specialist's across."
    ),
    "model_says": Text("モデル＼専門職", "model \\ specialist"),
    "apart": Text("大きく分かれた事例", "Cases far apart"),
    "apart_about": Text(
        "モデルが低すぎたとされたものから順に並べています。",
        "Those in which the model was judged too low come first.",
    ),
    "no_apart": Text("2区分以上分かれた事例はありません。", "None was two bands apart or more."),
    "case": Text("事例", "Case"),
    "model": Text("モデル", "Model"),
    "specialist": Text("専門職", "Specialist"),
    "judged": Text("判断", "Judged"),
    "reasons": Text("理由", "Reasons"),
    "no_reasons": Text("記入なし", "none given"),
    "scored": Text("{score}（{band}）", "{score} ({band})"),
    "limits": Text("この結果の限界", "What this cannot tell"),
}  # fmt: skip

LIMITS = (
    Text(
        "区分ごとにほぼ同数を選んでいます。ふだんの通告全体での一致の割合ではありません。",
        "About alike many cases are drawn of each band: it is not how often they agree day by day.",
    ),
    Text(
        "専門職は紙の上の記録だけで判断しています。会ったときの印象や会話は入っていません。",
        "Specialists judged from records alone, without having met anybody.",
    ),
    Text(
        "スコアを出せない児童は含まれていません。",
        "Children of whom no score can be told are not among the cases.",
    ),
)
