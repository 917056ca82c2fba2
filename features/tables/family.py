"""Tables of the child and the household."""

from features.language.fields import Choice, Code, Day, Flag, Name, Person
from features.language.rows import Table
from features.language.text import Text
from features.tables.codes import RELATIONS


class People(Table):
    """Names and addresses, kept apart from everything that a feature can read."""

    words = Text("氏名・住所", "name and address")
    concerns = ("person",)
    person = Person(Text("人", "the person"), protected=True, required=True)
    family_name = Name(Text("姓", "family name"))
    given_name = Name(Text("名", "given name"))
    family_reading = Name(Text("姓の読み", "reading of the family name"))
    given_reading = Name(Text("名の読み", "reading of the given name"))
    postal_code = Name(Text("郵便番号", "postal code"))
    municipality = Name(Text("市区町村", "municipality"))
    address_rest = Name(
        Text("町名以下の住所、またはその暗号化値", "the rest of the address, or a keyed hash of it")
    )


class Children(Table):
    """One row per child on file; it happened on the day of birth."""

    words = Text("児童", "child")
    concerns = ("child",)
    child = Person(Text("児童", "the child"), required=True)
    office = Code(Text("担当の児童相談所", "the office in charge"), protected=True)
    sex = Choice(
        Text("性別", "sex"),
        {"female": Text("女", "female"), "male": Text("男", "male"), "other": Text("他", "other")},
        protected=True,
    )
    nationality = Choice(
        Text("国籍", "nationality"),
        {"national": Text("自国籍", "national"), "foreign": Text("外国籍", "foreign")},
        protected=True,
    )
    ethnicity = Code(Text("民族的背景", "ethnic background"), protected=True)
    disability = Flag(Text("障害の有無", "has a disability"), protected=True)
    income_support = Flag(Text("生活保護の受給", "family on income support"), protected=True)


class Members(Table):
    """Who lives with the child, and from when until when."""

    words = Text("世帯の構成", "household member")
    concerns = ("child",)
    spans = True
    child = Person(Text("児童", "the child"), required=True)
    person = Person(Text("同居する人", "the person who lives with the child"), required=True)
    relation = Choice(Text("児童から見た続柄", "who the person is to the child"), RELATIONS)
    born = Day(Text("同居する人の生年月日", "the person's day of birth"))


people = People()
children = Children()
members = Members()
