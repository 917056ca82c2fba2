"""Households: whose histories are one another's, so that they are never counted as strangers."""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from features.engines.batch_tables import BatchTables
from features.engines.program import Ints
from features.tables import members


def household_names(tables: BatchTables, children: Ints) -> npt.NDArray[Any]:
    """The name of the household of each child, given by codes as `BatchTables.persons` has them.

    Whoever was ever on record as living with somebody is of the same household, and so is everybody
    linked through them: brothers and sisters, and children who share an adult. A household is
    called after its first person in the order of identifiers, so the name does not depend on
    the order of the rows.
    """
    persons = tables.persons.to_numpy(dtype=object)
    component = _components(tables, len(persons))
    by_name = np.argsort(persons.astype(str), kind="stable")
    first = np.full(component.max(initial=-1) + 1, -1)
    first[component[by_name[::-1]]] = by_name[::-1]  # of several, the first is written last
    names: npt.NDArray[Any] = persons[first[component[children]]]
    return names


def _components(tables: BatchTables, persons: int) -> Ints:
    if members.name not in tables.recorded:
        return np.arange(persons)
    columns = tables.columns(members)
    ends = columns["child"], columns["person"]
    links = coo_array((np.ones(len(ends[0]), np.int8), ends), shape=(persons, persons))
    component: Ints = connected_components(links, directed=False)[1].astype(np.int64)
    return component
