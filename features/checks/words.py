"""What the page of a check says around its figures, in both languages."""

from features.checks.faults import Fate
from features.checks.lateness import By
from features.language.text import Text

WORDS = {
    "title": Text("児童記録の点検", "Check of a case file"),
    "about": Text(
        "{folder}（{day} 現在）。{tables} の表から {rows} 行を読みました。",
        "{folder}, as it was drawn on {day}: {rows} rows read from {tables} tables.",
    ),
    "clean": Text(
        "問題なし。あり得ない行はなく、どの基準も超えていません。",
        "Clean: nothing is impossible, and no limit is broken.",
    ),
    "not_clean": Text(
        "要確認 {count} 件。下の一覧を直してから、もう一度点検してください。",
        "{count} thing(s) to mend: see the list below, then check again.",
    ),
    "to_mend": Text("直すところ", "What to mend"),
    "where": Text("どこ", "where"),
    "measured": Text("どれだけ", "how much"),
    "refused": Text("読めない表", "the table cannot be read"),
    "limit": Text("{measured}（基準 {limit}）", "{measured}, limit {limit}"),
    "count_rows": Text("{count} 行", "{count} row(s)"),
    "rows": Text("行数の収支", "Rows in and out"),
    "rows_about": Text(
        "読んだ行は、残した行と除外した行の和です。学習やスコアには、残した行だけを使ってください"
        "（--kept で書き出せます）。",
        "Every row read was either kept or set aside. Train and score on the kept rows alone "
        "(--kept writes them).",
    ),
    "table": Text("表", "table"),
    "read": Text("読んだ行", "read"),
    "kept": Text("残した行", "kept"),
    "set_aside": Text("除外した行", "set aside"),
    "doubted": Text("疑わしい行", "of these in doubt"),
    "total": Text("合計", "all tables"),
    "unknown": Text("不明", "not known"),
    "field": Text("欄", "field"),
    "reason": Text("理由", "reason"),
    "count": Text("行数", "rows"),
    "which": Text("行の識別番号（最初の{most}件）", "ids of the rows (the first {most})"),
    "row_number": Text("{number} 行目", "row no. {number}"),
    "and_more": Text("ほか {count} 行は check.json に", "and {count} more, all in check.json"),
    "nothing": Text("なし", "none"),
    "missing": Text("空欄の割合", "What is not filled in"),
    "missing_about": Text(
        "必須でない欄のうち、空欄のある欄。空欄は「いいえ」ではなく「分からない」と読まれます。",
        "Fields that may be left empty, where some are. Empty is read as “not known”, never "
        "as “no”.",
    ),
    "share": Text("空欄", "not filled in"),
    "late": Text("記録の遅れ", "Late recording"),
    "late_about": Text(
        "発生日から把握日までの日数。訂正は数えません。把握日より前の判定には、その行は使われません。",
        "Days from the day it happened to the day the office had it on record; corrections do not "
        "count. A score never sees a row before it was known.",
    ),
    "median": Text("中央値（日）", "median days"),
    "ninetieth": Text("90%点（日）", "90th percentile"),
    "late_share": Text("30日超", "over 30 days"),
    "gaps": Text("記録の途切れ", "Months without a row"),
    "gaps_about": Text(
        "最初の月から最後の月まで（宣言された記録期間があればその期間）のうち、一行もない月。",
        "Between the first and the last month of a table, or in the days that it is declared to "
        "cover.",
    ),
    "from_to": Text("期間", "from, to"),
    "months": Text("月数", "months"),
    "empty": Text("行のない月", "without a row"),
    "when": Text("いつ（長い順に{most}件）", "when (the longest {most})"),
    "limits": Text("基準", "Limits"),
    "limits_about": Text(
        "あり得ない行は一行でもあれば不合格です。次の割合は、基準を超えたときだけ不合格とします"
        "（{least} 行未満は判定しません）。",
        "One impossible row is enough to fail. These shares fail only beyond their limit (not "
        "judged on fewer than {least} rows).",
    ),
    "what": Text("何が", "what"),
    "beyond": Text("基準", "limit"),
    "why": Text("なぜ", "why"),
    "foot": Text(
        "この点検が見るのは記録の形と辻褄だけで、記録が事実かどうかではありません。"
        "このページには、行の識別番号と児童相談所の名のほかに、記録の内容は載っていません。",
        "A check sees whether records are well-formed and fit together, not whether they are "
        "true. Besides the ids of rows and the names of offices, this page holds nothing of any "
        "record.",
    ),
}

FATES = {
    Fate.SET_ASIDE: Text("除外した行", "Rows set aside: they cannot be read as what they say"),
    Fate.DOUBTED: Text(
        "残したが、あり得ない行", "Rows kept that cannot be right, or not together with others"
    ),
    Fate.NOTED: Text("残したが、気をつける行", "Rows kept that are wrong only if there are many"),
}

BY = {
    By.TABLE: Text("表ごと", "By table"),
    By.SOURCE: Text("通告の経路ごと", "By who notified"),
    By.OFFICE: Text("担当の児童相談所ごと", "By the office in charge"),
}
