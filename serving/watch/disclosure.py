"""How children are counted in what leaves: the few are withheld, all others rounded.

Whoever knows the town could tell who is meant where a group is small. So 1 to 7 are withheld, and
other counts are rounded to 5, as OpenSAFELY lets figures leave. What alarms ring for is found from
exact counts; this is for what is written.
"""

from collections.abc import Iterable, Sequence

from models.groups import RATES, Group

MOST_WITHHELD = 7
STEP = 5
FEW = f"1 to {MOST_WITHHELD}"
WITHHELD = "withheld"  # not small itself, but a small one would follow from it

Count = int | str  # a multiple of STEP, or one of the words above


def tell(count: int) -> Count:
    """A count as it may leave."""
    return FEW if _few(count) else STEP * round(count / STEP)


def tell_groups(counts: Sequence[int]) -> list[Count]:
    """The counts of all groups of a field; one that is few is never alone.

    The total stands in other fields, so that a single one would follow from the others: the next
    smallest is withheld with it.
    """
    return _never_alone([tell(count) for count in counts], counts)


def tell_parts(parts: Sequence[int], counts: Sequence[int]) -> list[Count]:
    """How many there are of a kind in each group of a field, of so many in each group.

    Of a few nothing is told, nor how many all but a few of a group are.
    """
    told = [
        WITHHELD if _few(count) or _few(count - part) else tell(part)
        for part, count in zip(parts, counts, strict=True)
    ]
    return _never_alone(told, parts)


def withholds(group: Group, rate: str) -> bool:
    """Whether a rate would tell of a few: of all whom it is of, or of those in it or not in it."""
    fared = (group.count - group.positives, group.positives)
    cases = sum(fared[outcome] for outcome in RATES[rate].outcomes)
    found = round(group.rates[rate].value * cases)
    return any(_few(count) for count in (cases, found, cases - found))


def withholds_gap(groups: Iterable[Group], field: str, rate: str) -> bool:
    """Whether a gap would give back a rate that is withheld."""
    compared = (group for group in groups if group.field == field and group.enough(rate))
    return any(withholds(group, rate) for group in compared)


def _few(count: int) -> bool:
    return 0 < count <= MOST_WITHHELD


def _never_alone(told: list[Count], counts: Sequence[int]) -> list[Count]:
    open_ones = [place for place, count in enumerate(told) if isinstance(count, int) and count]
    if sum(isinstance(count, str) for count in told) == 1 and open_ones:
        told[min(open_ones, key=counts.__getitem__)] = WITHHELD
    return told
