"""Which demands of law and guidance a report answers, and what it leaves to the office.

EU AI Act: Regulation (EU) 2024/1689, articles 9 to 15. NIST AI RMF 1.0 (2023), its four functions.
こどもデータ連携ガイドライン: that of the Children and Families Agency (March 2025), by its themes.
"""

from dataclasses import dataclass

from features.language.text import Text


@dataclass(frozen=True)
class Demand:
    """A demand, what answers it, and what is left to do."""

    name: Text
    answered: Text
    left: Text


DEMANDS = (
    Demand(
        Text("EU AI法 第9条 リスク管理", "EU AI Act, art. 9: risk management"),
        Text("合格基準・限界・「分からない」", "gates, limits, “cannot tell”"),
        Text("影響評価と定期の見直し", "an impact assessment, reviewed"),
    ),
    Demand(
        Text("第10条 データと統治", "art. 10: data and their governance"),
        Text(
            "データ・除いた事例・代理・集団ごとの表（kizuki check）",
            "data, what was left out, proxies, group tables (kizuki check)",
        ),
        Text("記録の偏りを現場と確かめる", "asking the field about biases of recording"),
    ),
    Demand(
        Text("第11条 技術文書", "art. 11: technical documentation"),
        Text("この報告・CARD.md・features.lock", "this report, CARD.md, features.lock"),
        Text("組織の文書に綴じる", "filing it"),
    ),
    Demand(
        Text("第12条 記録", "art. 12: record-keeping"),
        Text("すべての回答の記録（journal）", "the journal of every answer"),
        Text("保存期間を決める", "how long to keep it"),
    ),
    Demand(
        Text("第13条 透明性", "art. 13: transparency"),
        Text("理由と証拠、幅、限界（二言語）", "reasons with evidence, range, limits"),
        Text("家族への説明のしかた", "how families are told"),
    ),
    Demand(
        Text("第14条 人による監督", "art. 14: human oversight"),
        Text("助言のみ・危険のサインは別に・試行", "advice only, red flags beside, silent mode"),
        Text("研修と、従わない権限", "training, and the right to disagree"),
    ),
    Demand(
        Text("第15条 正確さ・頑健さ", "art. 15: accuracy, robustness, security"),
        Text("区間つきの測定・時期別の幅・署名", "measures with intervals, ranges over time, sums"),
        Text("運用環境の守り", "securing the place where it runs"),
    ),
    Demand(
        Text("NIST AI RMF 統治", "NIST AI RMF: govern"),
        Text("昇格の記録・合格基準", "promotion on record, gates"),
        Text("責任者と苦情の窓口", "who answers, and where to complain"),
    ),
    Demand(
        Text("把握", "map"),
        Text("対象・結果・限界", "cohort, outcome, limits"),
        Text("使わない場面を決める", "where not to use it"),
    ),
    Demand(
        Text("測定", "measure"),
        Text("指標・集団・安定性・幅", "measures, groups, stability, range"),
        Text("自所の記録で測り直す", "measuring on your own records"),
    ),
    Demand(
        Text("管理", "manage"),
        Text("監視（kizuki watch）・差し戻し", "kizuki watch, rollback"),
        Text("止める基準と人", "when to stop, and who does"),
    ),
    Demand(
        Text("こどもデータ連携：目的と必要最小限の項目", "こどもデータ連携: purpose, least data"),
        Text("読む表と項目の一覧、重み", "tables and features read, and their weight"),
        Text("利用目的の特定と法的な整理", "the legal ground, the purpose"),
    ),
    Demand(
        Text("判定基準の妥当性・偏り", "how children are picked; bias"),
        Text("合格基準・集団ごとの表・代理", "gates, group tables, proxies"),
        Text("基準を有識者と点検する", "a review by experts"),
    ),
    Demand(
        Text("人による確認と支援へのつなぎ", "a person looks, and help follows"),
        Text("決定しない・理由・危険のサイン", "never decides, reasons, red flags"),
        Text("確認の手順と支援の用意", "how a person looks, and what help there is"),
    ),
    Demand(
        Text("安全管理・烙印を避ける", "security; no stigma"),
        Text("名前や値を残さない記録", "no values of a case in any log"),
        Text("閲覧の権限、結果を他に使わない", "who may look; no other use"),
    ),
)
