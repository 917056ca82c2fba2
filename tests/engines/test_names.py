"""Texts are found where Arrow finds them, in whatever order and form they come."""

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given
from hypothesis import strategies as st

from features.engines.names import Names

TEXTS = st.text(alphabet="ab気\x00", max_size=3)


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
