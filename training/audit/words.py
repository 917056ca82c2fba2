"""The words of the audit report, in both languages."""

from features.language.text import Text

WORDS = {
    "title": Text("監査報告", "Audit report"),
    "model": Text("{title}（{code}）", "{title} ({code})"),
    "advice": Text(
        "スコアは助言であり、判断は人が行います。同じ所の過去の事例の中での順位であって、被害の"
        "確率ではありません。低いスコアは、調べない理由になりません。",
        "The score advises; a person decides. It ranks a child among past cases of the same "
        "office: it is no chance of harm, and a low one is never a reason not to look.",
    ),
    "passes": Text("合格基準はすべて満たされています。", "Every gate holds."),
    "fails": Text(
        "満たされない合格基準が{count}件あります。このままでは運用に移せません。",
        "{count} gate(s) fail: as it stands, this model cannot be put to use.",
    ),
    "gates": Text("合格基準", "What must hold"),
    "gate": Text("基準", "gate"),
    "measured": Text("測定値", "measured"),
    "holds": Text("満たす", "holds"),
    "not_held": Text("満たさない", "fails"),
    "insufficient": Text("判断材料が不足", "insufficient evidence"),
    "about": Text("何を、誰について", "What, and about whom"),
    "outcome": Text("予測する結果", "Outcome"),
    "question": Text("その問い", "As a question"),
    "cohort": Text("対象", "Who is scored"),
    "cohort_of_rows": Text(
        "{youngest}〜{oldest}歳の児童。{table}が所に伝わった日ごとに",
        "children of {youngest} to {oldest} years, on each day that the office learns of a "
        "{table}",
    ),
    "cohort_of_days": Text(
        "決まった日（{first}〜{last}）に在籍する全員",
        "everybody who is present on fixed days, {first} to {last}",
    ),
    "reads": Text("読む項目", "What it reads"),
    "reads_about": Text(
        "{features}個の特徴量（{columns}列）、{trees}本の木。保護項目（{audited}）は読まず、監査だけに"
        "使います。",
        "{features} features in {columns} columns, {trees} trees. Protected fields ({audited}) are "
        "never read: they are for this audit alone.",
    ),
    "outcome_table": Text("表の列{column}", "the column {column} of the table"),
    "cohort_table": Text(
        "ほかで作られた表の行。誰のものかが同じ行は、分けずに扱います。",
        "the rows of a table made elsewhere; rows of one entity are kept together",
    ),
    "data": Text("データ", "Data"),
    "data_table": Text(
        "どの行も、同じ人の行を一度も見ていない木に採点させました。結果の列は、あるがままに"
        "使っています。",
        "Every row was judged by trees that had seen no row of its entity. The outcomes are taken "
        "as given.",
    ),
    "data_about": Text(
        "どの世帯も、その世帯を一度も見ていない木に採点させました。結果は{learnt_by}までに"
        "把握されたものだけから学んでいます。",
        "Every household was judged by trees that had never seen it. Outcomes were learnt from as "
        "they were known on {learnt_by}.",
    ),
    "slice": Text("区分", "slice"),
    "from": Text("から", "from"),
    "to": Text("まで", "to"),
    "examples": Text("事例", "examples"),
    "positives": Text("結果あり", "with the outcome"),
    "left_out": Text("除いた事例：{told}", "Left out: {told}"),
    "well": Text("どのくらい当たるか", "How well it does"),
    "well_about": Text(
        "学習に使っていない{count}件（うち結果あり{positives}件）で測りました。括弧内は世帯ごと"
        "引き直した95%区間です。",
        "Measured on {count} examples that were not learnt from, {positives} of them with the "
        "outcome; in brackets the 95 % interval, from resamples of whole households.",
    ),
    "measure": Text("指標", "measure"),
    "value": Text("値（95%区間）", "value (95 % interval)"),
    "baselines": Text("もっと簡単な方法と比べて", "Beside simpler ways"),
    "baselines_about": Text(
        "紙の上でもできる方法を、木と同じように学ばせ、同じ児童で測りました。差が0より大きければ木のほうが"
        "良く、区間が0をまたぐなら、違いは偶然とも言えます。学ばせる事例は、結果のあったもの、なかったもの、"
        "それぞれ2万5千件までです。",
        "What could be done on paper, taught and judged as the trees are, on the same children. "
        "Above 0 the trees do better; where the interval spans 0, it may be chance. Each is taught "
        "by at most 25,000 examples with the outcome, and as many without.",
    ),
    "baselines_none": Text(
        "比べていません。合格基準がそれを求めていません。",
        "None was measured: no gate asks for one.",
    ),
    "way": Text("方法", "way"),
    "its_auroc": Text("そのAUROC（95%区間）", "its AUROC (95 % interval)"),
    "gain_over": Text("木との差（95%区間）", "the trees' less it (95 % interval)"),
    "count": Text("通告の件数を数える", "counting notifications"),
    "points scale": Text("自動で作った点数表", "a points scale made by itself"),
    "logistic regression": Text("ロジスティック回帰", "a logistic regression"),
    "calibration": Text("見込みと、実際の割合", "What was expected, and what came"),
    "expected": Text("見込み（平均）", "mean probability"),
    "observed": Text("実際の割合", "share with the outcome"),
    "calibration_about": Text(
        "点は見込みの順に10等分した各組。線上なら見込みどおり、下なら見込みが高すぎます。"
        "縦棒は割合の95%区間、灰色は幅の平均です。",
        "A point is a tenth of the examples, in order of probability. On the line it came as "
        "expected; below it, too much was expected. Bars are 95 % intervals of the share, grey "
        "the mean range.",
    ),
    "lift": Text("高い順に見たときに届く割合", "Whom one reaches from the top"),
    "looked_at": Text("見る児童の割合", "share of children looked at"),
    "reached": Text("届く結果の割合", "share of outcomes reached"),
    "lift_about": Text(
        "スコアの高い順に見ていくとき、結果のあった児童の何割に届くか。破線は、くじ引きの場合。",
        "Of the children with the outcome, the share that is reached by looking at the highest "
        "scores first. Dashes are what drawing lots would reach.",
    ),
    "probabilities": Text("誰がどの見込みになるか", "Who is given which probability"),
    "probability": Text("見込み", "probability"),
    "share_of_children": Text("児童の割合", "share of the children"),
    "without": Text("結果なし", "without the outcome"),
    "probabilities_about": Text(
        "結果のあった児童となかった児童の、見込みの散らばり。重なる所では、スコアは二つを見分けません。",
        "How the probabilities of children with the outcome and without are spread. Where they "
        "overlap, the score does not tell them apart.",
    ),
    "range": Text("幅と「分からない」", "The range, and “cannot tell”"),
    "range_about": Text(
        "幅は、過去の世帯を5つに分けて数えた割合の最小から最大までです。ここでは、それが後の時期と"
        "各集団で実際に成り立ったかを見ます。組とは、見込みの近い事例のまとまりです。",
        "The range is from the lowest to the highest share that five parts of past households "
        "gave. Here it is held against what came later, and in each group. A cell is a set of "
        "examples of like probability.",
    ),
    "untold": Text(
        "{count}件中{untold}件（{share}）にはスコアを出しません。",
        "No score is given to {untold} of {count} ({share}).",
    ),
    "too_thin": Text("記録が少なすぎる", "too little is on record"),
    "unlike_what_was_learnt": Text("学習した事例に例がない", "unlike what was learnt from"),
    "range_too_wide": Text("幅が広すぎる", "the range is too wide"),
    "part": Text("区分", "part"),
    "share": Text("実際の割合（95%区間）", "share with the outcome (95 %)"),
    "mean_range": Text("幅の平均", "mean range"),
    "held": Text("成り立った組", "cells held"),
    "of_cells": Text("{cells}組中{held}組", "{held} of {cells}"),
    "beside": Text("ずれ", "beside it"),
    "more": Text("見込みより多い", "more than it allows"),
    "fewer": Text("見込みより少ない", "fewer than it allows"),
    "none": Text("なし", "none"),
    "held_in": Text(
        "{groups}の集団のうち{held}では、判断できるすべての組で成り立ちました。ほかは次のとおりです。",
        "In {held} of {groups} groups it held in every cell that could be judged; the others:",
    ),
    "all": Text("全体", "all"),
    "groups": Text("集団ごとの公平さ", "Fair to whom"),
    "groups_about": Text(
        "上位2割を選ぶとして、集団ごとに比べます。見逃し率は結果のあった児童のうち選ばれなかった割合、"
        "空振り率は結果のなかった児童のうち選ばれた割合です。「離れている」は区間が重ならず、偶然とは"
        "言えない差です（多くの集団を比べるほど、偶然でも離れます）。",
        "Groups are compared as if the top fifth were chosen. Missed: of children with the "
        "outcome, those not chosen. Wrongly flagged: of those without, those chosen. “Apart” marks "
        "differences whose intervals do not meet: hardly chance, though the more groups are "
        "compared, the more often two lie apart by chance.",
    ),
    "field": Text("項目", "field"),
    "group": Text("集団", "group"),
    "gap": Text("{rate}の差", "gap: {rate}"),
    "apart": Text("{gap}・離れている", "{gap}, apart"),
    "compared": Text("見逃し率を比べた集団", "compared for missed"),
    "small": Text("少なすぎる集団（事例）", "too small (examples)"),
    "not_known": Text("不明の事例", "not known (examples)"),
    "no_score": Text("スコアなし", "no score"),
    "pairs": Text("二つの項目の組み合わせ", "Two fields at once"),
    "pairs_about": Text(
        "{pairs}通りの組み合わせを調べました。{groups}の集団は小さすぎて何も言えません。公平だという"
        "意味ではありません。差が離れているものを、大きい順に{most}件まで示します。",
        "{pairs} pairs of fields were looked at. Of {groups} groups nothing can be said, as they "
        "are too small: that does not make them fairly treated. Shown are the widest gaps that are "
        "apart, {most} at most.",
    ),
    "no_pairs": Text("離れている差はありません。", "No gap between groups of a pair is apart."),
    "stable": Text("どの世帯で測っても同じか", "The same on other households"),
    "stable_about": Text(
        "世帯を5つに分け、ほかの4つで育てた木に採点させた結果です。組の間の違いが大きければ、学習が"
        "偶然に左右されています。",
        "Households are parted into five folds, each judged by trees grown on the other four. "
        "Folds that differ much mean that chance has its say.",
    ),
    "fold": Text("組", "fold"),
    "origins": Text("過去のどの日に学習しても同じか", "The same on other days"),
    "origins_about": Text(
        "過去の各日に、その日に分かっていたことだけから学び直し、その後の月で測りました。",
        "Fitted anew as on each of these days, from what was known then, and judged on the months "
        "that followed.",
    ),
    "origins_none": Text(
        "見ていません。学習のときに --origins を付けると、過去の日ごとに学び直します。",
        "Not looked at: with --origins, a training is fitted anew on days of the past.",
    ),
    "fitted_as_on": Text("学習した日", "fitted as on"),
    "judged_until": Text("測った最後の日", "judged until"),
    "features": Text("何に重きを置くか", "What it leans on"),
    "features_about": Text(
        "木の分岐による寄与の大きい{count}項目。「決して下げない」は単調性の約束、「代理」はその項目だけで"
        "見分けられる集団（AUROC）、「忘れる」は、それより古い事実が効かなくなる期間です。",
        "The {count} features that gain the trees most. “Never lowers” is a promise kept by the "
        "trees. A proxy is the group that the feature alone tells best (AUROC); a sunset is the "
        "age from which a fact no longer counts.",
    ),
    "fit": Text("木を育てる", "grows the trees"),
    "stop": Text("木を止める", "says when to stop"),
    "calibrate": Text("見込みに直す", "turns margins into probabilities"),
    "test": Text("測る", "is measured on"),
    "label not over": Text("結果がまだ出ていない", "label not over"),
    "label not over on the day of fitting": Text(
        "学習の日に結果が出ていない", "label not over on the day of fitting"
    ),
    "too soon after the records begin": Text(
        "記録の始まりから間もない", "too soon after the records begin"
    ),
    "not all days of the outcome are recorded": Text(
        "結果を見る期間がすべて記録されていない", "not all days of the outcome are recorded"
    ),
    "at_least": Text("{limit}以上", "at least {limit}"),
    "at_most": Text("{limit}以下", "at most {limit}"),
    "by": Text("{field}ごとの{gap}", "{gap}, by {field}"),
    "feature": Text("特徴量", "feature"),
    "gain": Text("寄与", "gain"),
    "promise": Text("約束", "promise"),
    "rising": Text("決して下げない", "never lowers"),
    "falling": Text("決して上げない", "never raises"),
    "proxy": Text("代理", "proxy for"),
    "sunset": Text("忘れる", "sunset"),
    "never_forgets": Text("忘れない", "never"),
    "proxies_about": Text(
        "上の項目のうち{count}個は、ある集団をAUROC {limit}以上で見分けます。"
        "そのまま誤りではありませんが、集団間の差があるときに最初に見るべき項目です。",
        "{count} of these features tell some group with an AUROC of {limit} or more. That is not "
        "wrong in itself: look there first where groups fare differently.",
    ),
    "mitigation": Text("公平さのための措置", "What is done for fairness"),
    "never_lower": Text("スコアを決して下げない特徴量", "Features that never lower the score"),
    "never_raise": Text("スコアを決して上げない特徴量", "Features that never raise the score"),
    "dropped": Text("外した特徴量", "Features that are dropped"),
    "reweighed": Text("学ぶ事例の重みづけ", "Weighing of what is learnt from"),
    "reweighed_by": Text(
        "{fields}のどの集団でも結果の割合が同じになるように重みをつけました"
        "（Kamiran・Calders 2012）。小さすぎる集団はそのままです。モデルは集団を読みません。",
        "weighed so that the outcome is as frequent in every group of {fields} (Kamiran & Calders "
        "2012), groups too small to judge aside; the model reads no group",
    ),
    "not_done": Text("していない", "not done"),
    "limits": Text("限界", "Limits"),
    "limits_about_table": Text(
        "どの表にも言えることです。この表に固有の限界は、作った人が書き添えてください。",
        "True of every table made elsewhere; those of this one are for its maker to write beside.",
    ),
    "limits_table": Text(
        "- **列がいつ分かったことか、ここでは確かめられません。** あとで分かったことが一列でも"
        "混じれば、どの数値も高すぎます。\n"
        "- **結果の列の意味は、作った人しか知りません。** 誰も調べなかった人の「0」は、何もなかった"
        "ことを意味しません。\n"
        "- **このモデルはスコアを出しません。** 行を作る手順がここにはなく、運用には使えません。\n"
        "- **小さな集団については何も言えません。** 「判断材料が不足」は、公平という意味では"
        "ありません。",
        "- **When each column was known cannot be checked here.** One column that was filled in "
        "later, and every figure is too high.\n"
        "- **Only its maker knows what the outcome means.** A 0 of somebody whom nobody looked at "
        "does not mean that nothing happened.\n"
        "- **This model gives no score.** Nothing here can make its rows, so it cannot be served.\n"
        "- **Nothing is known of small groups.** “Insufficient evidence” does not mean fair.",
    ),
    "limits_about": Text(
        "人が書いたものです。どの測定もこれを言えません。",
        "Written by hand, since no measure can say these.",
    ),
    "frames": Text("どの要求に答えるか", "Which demands it answers"),
    "frames_about": Text(
        "この報告とKizukiが答える部分と、所に残る部分。適合の証明ではありません。",
        "What this report and Kizuki answer, and what is left to the office. It is no certificate.",
    ),
    "demand": Text("要求", "demand"),
    "answered": Text("答えるもの", "answered by"),
    "left": Text("所に残るもの", "left to the office"),
    "and": Text("・", ", "),
    "foot": Text(
        "架空の町の数値は、あなたの所の数値ではありません。",
        "Figures of a synthetic town are not figures of your office.",
    ),
}  # fmt: skip
