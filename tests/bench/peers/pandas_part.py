"""A part of the pairs, joined in pandas to the rows that were believed on the cutoff of each."""

from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa

from tests.bench.peers.pandas_tables import Seen, Tables


class Part:
    """A part of the pairs; each join is made once and keeps the order of the pairs."""

    def __init__(self, tables: Tables, pairs: pa.Table) -> None:
        self._frames = tables.frames
        self._persons, self._pairs = len(tables.persons), tables.part(pairs)

    def own(self, table: str) -> Seen:
        """The children's own rows."""
        return Seen(self._own(table))

    def spans(self, table: str, **chosen: list[int]) -> Seen:
        """The same of spans, by the day they began, with the furthest end among those before."""
        spans = self._own(table)
        for name, codes in chosen.items():
            spans = spans[spans[name].isin(codes)]
        spans = spans.sort_values(["pair", "happened"])
        far = spans["pair"].to_numpy(np.int64) << 26
        spans["ends"] = np.minimum(spans["until"], spans["cutoff"] + 1)
        reached = np.maximum.accumulate(far + spans["ends"])
        spans["reached"] = reached.shift(fill_value=0) - far  # below zero for the first of a pair
        return Seen(spans)

    @cached_property
    def notifications(self) -> pd.DataFrame:
        """The children's notifications, with whether each is of the last day of them."""
        rows = self._own("notifications")
        seen = Seen(rows)
        last = np.maximum.reduceat(seen["happened"], seen.starts)
        many = np.diff(seen.starts, append=len(rows))
        return rows.assign(latest=seen["happened"] == np.repeat(last, many))

    @cached_property
    def about_allegations(self) -> pd.DataFrame:
        """The allegations that refer to one of the notifications."""
        return self.about_notifications("allegations")

    def about_notifications(self, table: str) -> pd.DataFrame:
        """Rows that refer to one of the notifications."""
        columns = ["pair", "person", "cutoff", "latest", "happened", "notification"]
        notified = self.notifications[columns].rename(columns={"happened": "notified"})
        return _believed(notified.merge(self._near(table), on=["notification", "person"]))

    def of_linked(self, table: str, *roles: int) -> Seen:
        """Rows that concern somebody linked in a role, once each, and are not about the child."""
        rows = self._frames[table]
        linked = self._linked[self._linked["role"].isin(roles)]
        wanted = np.zeros(self._persons, bool)
        wanted[linked["person"]] = True
        seen = _believed(linked.merge(rows[wanted[rows["person"]]], on="person"))
        subject = "subject" if table.startswith("linked") else "person"
        seen = seen[(seen["happened"] <= seen["seen_until"]) & (seen[subject] != seen["child"])]
        if subject == "subject":
            row = seen["pair"].to_numpy(np.int64) * len(rows) + seen["row"]
            seen = seen[~(row * 3 + seen["role"]).duplicated()]
        return Seen(seen)

    @cached_property
    def _linked(self) -> pd.DataFrame:
        """Everybody linked on the cutoff, and until when what concerns them is seen."""
        links = self._own("links").rename(columns={"person": "child", "who": "person"})
        links = links.sort_values("until", ascending=False).drop_duplicates(
            ["pair", "role", "person"]
        )
        links = links.sort_values("pair").rename(columns={"until": "seen_until"})
        return links[["pair", "child", "cutoff", "role", "person", "seen_until"]]

    def _own(self, table: str) -> pd.DataFrame:
        pairs = self._pairs.rename(columns={"child": "person"})
        return _believed(pairs.merge(self._near(table), on="person"))

    def _near(self, table: str) -> pd.DataFrame:
        """The rows of the part's children, which lie side by side."""
        rows, children = self._frames[table], self._pairs["child"]
        first, last = rows["person"].searchsorted([children.min(), children.max() + 1])
        return rows.iloc[first:last]


def _believed(joined: pd.DataFrame) -> pd.DataFrame:
    known = joined["known"].to_numpy() <= joined["cutoff"].to_numpy()
    seen = joined[known & (joined["cutoff"].to_numpy() < joined["withdrawn"].to_numpy())]
    # pandas 3.0 loses the order where a merge happens to give as many rows as there were pairs.
    return seen if seen["pair"].is_monotonic_increasing else seen.sort_values("pair", kind="stable")
