"""Each answer about one child, with the records that made it."""

from collections.abc import Iterator, Sequence

from features.engines.one_child import answer
from features.histories import History
from features.language.feature import Feature
from features.language.text import Language, Text
from features.records import known_records
from features.rows.timeline import record_line
from features.telling import tell

_MISSING = Text("不明", "missing")


def explanations(
    features: Sequence[Feature], history: History, cutoff: int, language: Language
) -> Iterator[str]:
    """For each column its number and words, and under it every record that made the answer.

    `cutoff` is a day number. A number is told in full, without rounding.
    """
    records = known_records(history, cutoff)
    for feature in features:
        for column in feature.columns:
            made = answer(column.value, history, cutoff)
            number = _MISSING.read(language) if made.number is None else _exactly(made.number)
            yield f"{column.name} = {number}  {tell(feature, column, made).read(language)}"
            for key in dict.fromkeys(made.evidence):
                yield f"    {record_line(records[key], language)}"


def _exactly(number: float) -> str:
    return repr(number).removesuffix(".0")
