"""The words of the pages, in both languages."""

from features.language.text import Text

WORDS = {
    "login": Text("ログイン", "Log in"),
    "for_what": Text(
        "何のために使いますか。目的は、見たものとともに記録されます。",
        "What do you need it for? The purpose is kept on record with all that you see.",
    ),
    "screening": Text("受理判断・調査", "Screening and assessment"),
    "supervision": Text("指導・監督", "Supervision"),
    "audit": Text("監査", "Audit"),
    "qa": Text("質の点検", "Quality assurance"),
    "logout": Text("ログアウト", "Log out"),
    "idle": Text(
        "15分使わないと、自動でログアウトします。",
        "After 15 minutes without use you are logged out.",
    ),
    "worklist": Text("ワークリスト", "Work list"),
    "who": Text("{person} さん（{office}）・目的：{purpose}", "{person} ({office}) for: {purpose}"),
    "no_office": Text("所属なし", "no office"),
    "alerts": Text("新しい記録で状況が動いた児童", "Children whom new records have moved"),
    "no_alerts": Text(
        "ありません。危険がないという意味ではありません。",
        "None. That does not mean that no child is in danger.",
    ),
    "child": Text("児童", "Child"),
    "moved": Text("区分の動き", "Band"),
    "flags": Text("重大な危険のサイン", "Signs of grave danger"),
    "when": Text("日時", "When"),
    "report": Text("説明を読む", "Read why"),
    "decide": Text("判断を記録する", "Record your decision"),
    "none": Text("なし", "none"),
    "glass": Text("緊急閲覧（確認待ち）", "Broken glass, to be looked at"),
    "no_glass": Text("ありません。", "None."),
    "justified": Text("正当だった", "It was justified"),
    "not_justified": Text("正当ではなかった", "It was not justified"),
    "by": Text("閲覧者", "By"),
    "why": Text("理由", "Why"),
    "until": Text("{time}まで", "until {time}"),
    "open": Text("番号で開く", "Open by number"),
    "answer_id": Text("回答番号", "Number of the answer"),
    "advice": Text(
        "スコアは助言です。決めるのは人です。", "The score is advice. A person decides."
    ),
    "decision": Text("あなたの判断", "Your decision"),
    "agree": Text("スコアと同じ見方", "I see it as the score does"),
    "override": Text("スコアとは違う見方", "I see it otherwise"),
    "reason_code": Text("違う見方の理由", "Why otherwise"),
    "choose": Text("選んでください", "choose"),
    "words": Text("言葉で（理由が「その他」のときは必須）", "In words (needed for another reason)"),
    "keep": Text("記録する", "Keep it"),
    "kept": Text("記録しました。", "It is on record."),
    "back": Text("ワークリストへ戻る", "Back to the work list"),
    "refused": Text("開けません", "This cannot be opened"),
    "again": Text("もう一度ログインする", "Log in again"),
}
