"""Tables of what other agencies had on record."""

from features.language.fields import Choice, Number, Person
from features.language.rows import Table
from features.language.text import Text


class AgencyEvents(Table):
    """What another agency had on record of a child or an adult."""

    words = Text("関係機関の情報", "agency record")
    concerns = ("person",)
    person = Person(Text("児童または大人", "the child or adult"), required=True)
    kind = Choice(
        Text("できごとの種類", "what happened"),
        {
            "health_check_missed": Text("健診未受診", "health check missed"),
            "health_check_done": Text("健診受診", "health check attended"),
            "injury_treated": Text("けがの受診", "injury treated"),
            "hospital_stay": Text("入院", "hospital stay"),
            "school_absence": Text("学校の欠席", "school absence"),
            "police_call": Text("警察の臨場", "police called"),
            "arrest": Text("逮捕・検挙", "arrest"),
            "missing": Text("行方不明", "missing"),
            "death": Text("死亡", "death"),
            "moved": Text("管内での転居", "moved house within the office's area"),
            "moved_in": Text("管外からの転入", "moved in from another office's area"),
        },
        required=True,
    )
    days = Number(
        Text("欠席・入院の日数", "days of absence or stay"),
        least=0,
        most=366,
        unit=Text("日", "days"),
    )


class Benefits(Table):
    """A benefit the family received; protected, since it stands for poverty."""

    words = Text("給付", "benefit")
    concerns = ("person",)
    spans = True
    person = Person(Text("受給した人", "who received it"), protected=True, required=True)
    kind = Choice(
        Text("給付の種類", "kind of benefit"),
        {
            "income_support": Text("生活保護", "income support"),
            "child_allowance": Text("児童扶養手当", "child rearing allowance"),
            "housing": Text("住居確保", "housing benefit"),
        },
        protected=True,
    )


agency_events = AgencyEvents()
benefits = Benefits()
