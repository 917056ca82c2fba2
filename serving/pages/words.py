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
    "notices": Text("あなたが見た回答のその後", "What became of answers that you have seen"),
    "what": Text("内容", "What"),
    "notice_corrected": Text(
        "もとの事実が訂正され、新しい回答に代わりました。",
        "A fact behind it was corrected, and a new answer took its place.",
    ),
    "notice_upheld": Text(
        "事実への異議が認められました。回答は誤った事実によっています。",
        "A contest of a fact was upheld: the answer rests on what is not so.",
    ),
    "notice_turned_down": Text(
        "事実への異議は認められませんでした。回答はそのままです。",
        "A contest of a fact was turned down; the answer stands.",
    ),
    "contests": Text("事実への異議", "Contested facts"),
    "no_contests": Text("ありません。", "None."),
    "contested": Text("何が違うとされているか", "What is said to be otherwise"),
    "contested_by": Text("申立者", "Contested by"),
    "claim_wrong": Text("誤っている", "it is wrong"),
    "claim_changed_since": Text("その後に変わった", "it has changed since"),
    "claim_not_about_child": Text("この児童のことではない", "it is not about this child"),
    "claim_missing": Text("記録が抜けている", "a record is missing"),
    "decide_contest": Text("決定を記録する", "Decide"),
    "decided_how": Text("決定とその理由", "The decision, and why"),
    "upheld": Text("認める", "Upheld"),
    "turned_down": Text("認めない", "Turned down"),
    "in_words": Text("言葉で（必須）", "In words (needed)"),
    "to_correct": Text(
        "認められました。業務システムで記録を訂正してください。",
        "Upheld: now correct the record in the case system.",
    ),
    "own_contest": Text(
        "あなたが申し立てた異議です。別の指導者が決めます。",
        "You have contested this yourself: another supervisor decides.",
    ),
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
    "case": Text("児童の記録", "The case of a child"),
    "case_open": Text("児童の記録を開く", "Open a case"),
    "case_offer": Text(
        "担当外・封印中の記録を緊急に見る必要がある場合",
        "If you must see a closed case in an emergency",
    ),
    "office": Text("所", "Office"),
    "child_id": Text("児童の番号", "Number of the child"),
    "read_today": Text(
        "今日までの記録でスコアと理由を見る", "Read the score and why, as known today"
    ),
    "case_closed": Text(
        "この児童の記録は、あなたには閉じられています。", "This case is closed to you."
    ),
    "break": Text("緊急に開く", "Break the glass"),
    "break_loud": Text(
        "開くと、この所の指導者全員にすぐ知らされ、正当だったかを確認されます。",
        "All supervisors of that office are told at once, and say whether it was justified.",
    ),
    "break_words": Text(
        "緊急に見る必要がある理由（{least}文字以上）",
        "Why it cannot wait ({least} characters or more)",
    ),
    "how_long": Text("開いておく時間", "For how long"),
    "for_minutes": Text("{minutes}分間", "{minutes} minutes"),
    "glass_open": Text(
        "緊急閲覧中：この記録は{time}まで、あなたに開いています。",
        "The glass is broken: until {time}, this case is open to you.",
    ),
    "glass_seen": Text(
        "所の指導者に知らされました。見たものはすべて記録されます。",
        "The supervisors of the office are told. All that you see is on record.",
    ),
    "seal_title": Text("封印", "Seal"),
    "is_sealed": Text("この記録は封印されています。", "This case is sealed."),
    "is_open": Text("この記録は封印されていません。", "This case is not sealed."),
    "seal_means": Text(
        "封印した記録を見られるのは、指導者と監査担当だけです。",
        "A sealed case is seen by supervisors and auditors alone.",
    ),
    "seal": Text("封印する", "Seal it"),
    "unseal": Text("封印を解く", "Open it again"),
    "fallback": Text(
        "スコアは出ていません。所の受理基準に従って判断してください。",
        "No score was given. Follow the office's screening policy.",
    ),
    "refused": Text("開けません", "This cannot be opened"),
    "again": Text("もう一度ログインする", "Log in again"),
}
