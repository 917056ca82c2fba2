"""Groups: persons of several agencies who are one, because pairs of them merge."""

from collections import defaultdict
from collections.abc import Iterable

Person = tuple[str, str]  # agency, identifier there


def groups_of(pairs: Iterable[tuple[Person, Person]]) -> list[tuple[Person, ...]]:
    """Persons joined by the pairs, directly or through others: each group sorted, in order."""
    head: dict[Person, Person] = {}

    def find(person: Person) -> Person:
        while head.setdefault(person, person) != person:
            head[person] = head[head[person]]
            person = head[person]
        return person

    for one, other in pairs:
        first, second = sorted((find(one), find(other)))
        head[second] = first
    groups = defaultdict(list)
    for person in sorted(head):
        groups[find(person)].append(person)
    return [tuple(group) for _, group in sorted(groups.items())]
