"""Tables of what the office did: contacts, placements and services."""

from features.language.fields import Choice, Flag, Person
from features.language.rows import Table
from features.language.text import Text


class Contacts(Table):
    """A visit to, or a meeting with, the family: made, missed or refused."""

    words = Text("訪問・面接", "contact")
    concerns = ("child",)
    child = Person(Text("児童", "the child"), required=True)
    kind = Choice(
        Text("接触の種類", "kind of contact"),
        {
            "visit": Text("家庭訪問", "home visit"),
            "meeting": Text("面接", "meeting"),
            "phone": Text("電話", "telephone call"),
        },
    )
    outcome = Choice(
        Text("結果", "what came of it"),
        {
            "made": Text("実施", "made"),
            "missed": Text("不在・不実施", "missed"),
            "refused": Text("拒否", "refused"),
        },
    )
    child_seen = Flag(Text("児童を目視した", "the child was seen"))


class Placements(Table):
    """A span away from home."""

    words = Text("一時保護・措置", "placement")
    concerns = ("child",)
    spans = True
    child = Person(Text("児童", "the child"), required=True)
    kind = Choice(
        Text("保護・措置の種類", "kind of placement"),
        {
            "custody": Text("一時保護", "temporary custody"),
            "foster": Text("里親委託", "foster care"),
            "infant_home": Text("乳児院", "infant home"),
            "residential": Text("児童養護施設等", "children's home"),
            "kinship": Text("親族里親", "kinship care"),
            "adoption": Text("特別養子縁組", "adoption"),
            "other": Text("その他", "other"),
        },
    )


class Services(Table):
    """Help offered to the family, for as long as it lasted; how it went is known once it ended."""

    words = Text("支援", "service")
    concerns = ("child",)
    spans = True
    child = Person(Text("児童", "the child"), required=True)
    kind = Choice(
        Text("支援の種類", "kind of service"),
        {
            "guidance": Text("在宅指導", "guidance at home"),
            "parenting": Text("養育支援", "parenting support"),
            "respite": Text("ショートステイ", "short stay"),
            "counselling": Text("相談・心理支援", "counselling"),
            "protection_plan": Text("支援計画（要保護）", "child protection plan"),
            "need_plan": Text("支援計画（要支援）", "child in need plan"),
        },
    )
    outcome = Choice(
        Text("終わり方", "how it went"),
        {
            "completed": Text("終了", "completed"),
            "refused": Text("拒否", "refused"),
            "ended_early": Text("中断", "ended early"),
        },
        ends=("completed", "ended_early"),
    )


contacts = Contacts()
placements = Placements()
services = Services()
