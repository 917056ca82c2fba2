"""Tables of what was reported of a child and what came of it."""

from features.language.fields import Choice, Code, Flag, Number, Person, Reference
from features.language.rows import Table
from features.language.text import Text
from features.tables.codes import ABUSE_KINDS, RELATIONS, SITES


class Notifications(Table):
    """A report to the office; one row for each child that it names."""

    words = Text("通告", "notification")
    concerns = ("child",)
    child = Person(Text("児童", "the child"), required=True)
    report = Code(Text("受付番号。同じ通告の児童に共通", "report number, shared by its children"))
    office = Code(Text("受け付けた児童相談所", "the office that took it"), protected=True)
    source = Choice(
        Text("通告の経路", "who notified"),
        {
            "police": Text("警察等", "police"),
            "school": Text("学校・教育委員会", "school"),
            "nursery": Text("保育所・幼稚園", "nursery or kindergarten"),
            "medical": Text("医療機関", "hospital or doctor"),
            "welfare": Text("福祉事務所・市町村", "welfare office or municipality"),
            "health": Text("保健所・保健センター", "public health service"),
            "family": Text("家族・親戚", "family or relatives"),
            "child": Text("児童本人", "the child"),
            "neighbour": Text("近隣・知人", "neighbour or acquaintance"),
            "other": Text("その他", "other"),
        },
    )
    anonymous = Flag(Text("匿名の通告", "the notifier gave no name"))
    child_seen = Flag(Text("通告者が児童を見た", "the notifier saw the child"))


class Allegations(Table):
    """One kind of abuse alleged of one child in one notification, by one person."""

    words = Text("虐待の訴え", "allegation")
    concerns = ("child", "abuser")
    child = Person(Text("児童", "the child"), required=True)
    notification = Reference(Text("通告", "the notification"), to="notifications")
    kind = Choice(Text("虐待種別", "kind of abuse"), ABUSE_KINDS)
    abuser = Person(Text("虐待者とされた人", "the alleged abuser"))
    abuser_relation = Choice(Text("虐待者の続柄", "who the alleged abuser is"), RELATIONS)
    witnessed_violence = Flag(Text("面前DV", "the child witnessed violence between adults"))


class Screenings(Table):
    """What was decided at intake."""

    words = Text("受理判断", "screening")
    concerns = ("child",)
    child = Person(Text("児童", "the child"), required=True)
    notification = Reference(Text("通告", "the notification"), to="notifications")
    outcome = Choice(
        Text("判断", "decision"),
        {
            "screened_in": Text("受理", "screened in"),
            "screened_out": Text("不受理", "screened out"),
            "referred": Text("市町村等へ送致", "passed on to another service"),
        },
    )
    urgency = Number(Text("緊急度", "urgency"), least=0, most=3, unit=Text("段階", "levels"))


class Assessments(Table):
    """The inquiry into a notification, from its start to its end."""

    words = Text("調査", "assessment")
    concerns = ("child",)
    spans = True
    child = Person(Text("児童", "the child"), required=True)
    notification = Reference(Text("通告", "the notification"), to="notifications")
    kind = Choice(
        Text("調査の種類", "kind of assessment"),
        {
            "initial": Text("初期調査", "initial assessment"),
            "full": Text("全体調査", "full assessment"),
            "protection": Text("安全に関する調査", "child protection enquiry"),
        },
    )


class Findings(Table):
    """What an assessment found of one kind of abuse: known later than its notification."""

    words = Text("認定", "finding")
    concerns = ("child", "abuser")
    child = Person(Text("児童", "the child"), required=True)
    notification = Reference(Text("通告", "the notification"), to="notifications")
    kind = Choice(Text("虐待種別", "kind of abuse"), ABUSE_KINDS)
    outcome = Choice(
        Text("認定の結果", "outcome"),
        {
            "substantiated": Text("虐待と認定", "substantiated"),
            "unsubstantiated": Text("認定されず", "unsubstantiated"),
            "inconclusive": Text("判断できず", "inconclusive"),
        },
    )
    severity = Number(
        Text("重症度", "severity"),
        least=0,
        most=4,
        unit=Text("段階（0 なし、4 生命の危険）", "levels (0 none, 4 danger to life)"),
    )
    abuser = Person(Text("虐待者とされた人", "the alleged abuser"))


class Observations(Table):
    """A red-flag observation: what somebody saw or the child said."""

    words = Text("所見", "red-flag observation")
    concerns = ("child",)
    child = Person(Text("児童", "the child"), required=True)
    notification = Reference(Text("通告", "the notification"), to="notifications")
    kind = Choice(
        Text("所見の種類", "what was observed"),
        {
            "disclosure": Text("本人の訴え・開示", "the child disclosed abuse"),
            "asks_protection": Text("本人が保護を希望", "the child asks for protection"),
            "injury": Text("けが", "injury"),
            "weapon": Text("凶器・道具の使用", "a weapon or tool was used"),
            "threat": Text("殺傷の脅し・心中の示唆", "threat to kill, or of family suicide"),
            "confined": Text("監禁・締め出し", "locked in or locked out"),
            "unfed": Text("食事を与えられていない", "not given food"),
            "alone": Text("乳幼児の放置", "young child left alone"),
            "sexual_harm": Text("性的被害の疑い", "signs of sexual harm"),
            "carer_unwell": Text("保護者の精神的不調", "a carer is mentally unwell"),
            "carer_intoxicated": Text("保護者の酒・薬物", "a carer drunk or on drugs"),
            "violence_at_home": Text("家庭内の暴力", "violence between adults at home"),
            "hygiene": Text("不衛生", "filthy home or clothing"),
        },
        required=True,
    )
    site = Choice(Text("けがの部位", "site of the injury"), SITES)
    extent = Number(
        Text("けがの程度", "extent of the injury"),
        least=1,
        most=4,
        unit=Text("段階（1 軽い、4 生命の危険）", "levels (1 slight, 4 danger to life)"),
    )


notifications = Notifications()
allegations = Allegations()
screenings = Screenings()
assessments = Assessments()
findings = Findings()
observations = Observations()
