"""Texts get their codes, and are found again, in whatever order and form they come."""

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given
from hypothesis import strategies as st

from features.engines.names import Names

TEXTS = st.text(alphabet="ab気\x00", max_size=3)
LONG = st.text(alphabet="ab気", max_size=30)  # some words of eight bytes, and what is left


def found(among: list[str], asked: pa.ChunkedArray) -> list[int]:
    return Names(pa.array(among, pa.string())).places(asked).tolist()


@given(st.lists(TEXTS, unique=True), st.lists(TEXTS | st.none()), st.integers(0, 5))
def test_as_arrow_does(among: list[str], asked: list[str | None], first: int) -> None:
    texts = pa.array(asked, pa.string())
    expected = pc.index_in(texts.drop_null(), pa.array(among, pa.string())).fill_null(-1)
    places = iter(expected.to_pylist())
    all_of_them = [-1 if text is None else next(places) for text in asked]
    parts = pa.chunked_array([texts[:first], texts[first:]])
    assert found(among, parts) == all_of_them
    assert found(among, parts.dictionary_encode()) == all_of_them


@given(st.lists(st.lists(LONG | st.none())), st.booleans())
def test_the_same_text_has_the_same_code_wherever_it_stands(
    columns: list[list[str | None]], repeated: bool
) -> None:
    names, codes = Names(), []
    for column in columns:
        texts = pa.chunked_array([pa.array(column, pa.string())])
        codes += names.add(texts.dictionary_encode() if repeated else texts).tolist()
    said = [text for column in columns for text in column]
    met = list(dict.fromkeys(text for text in said if text is not None))
    assert names.texts.to_pylist() == met
    assert codes == [-1 if text is None else met.index(text) for text in said]
    assert names.places(pa.chunked_array([pa.array(met, pa.string())])).tolist() == [
        *range(len(met))
    ]
