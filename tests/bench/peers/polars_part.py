"""A case file as Polars frames, and a part of the pairs joined to what was believed of it."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl
from polars import col, when

from features.language.fields import Choice, Day
from features.language.rows import Table
from features.tables import TABLES
from tests.bench.peers.answers import asked_fields
from tests.bench.world import RECORDED

NEVER = 1 << 24  # a day number that no day reaches
BITS = ("kind", "source", "site")  # codes of which different ones are counted
LINKED_KINDS = ("death", "injury_treated", "police_call", "arrest")
BELIEVED = (col("known") <= col("cutoff")) & (col("cutoff") < col("withdrawn"))
AGO = (col("cutoff") - col("happened")).alias("ago")
Frames = dict[str, pl.DataFrame]


def load(folder: Path) -> Frames:
    """The tables of a case file as frames, and the links between persons."""
    read = [_read(folder / f"{name}.parquet", TABLES[name]) for name in RECORDED]
    frames = dict(zip(RECORDED, pl.collect_all(read), strict=True))
    days = ("known", "withdrawn")
    members, alleged = frames["members"].lazy(), frames["allegations"].lazy()
    siblings = col("relation").is_in(["sibling", "half_sibling", "step_sibling"])
    roles = pl.Enum(["sibling", "adult", "abuser"])
    here = when(siblings).then(pl.lit("sibling")).otherwise(pl.lit("adult")).cast(roles)
    home = members.filter(col("relation") != "other_child").select(
        "child", "person", *days, "until", role=here
    )
    accused = alleged.filter(col("abuser").is_not_null()).select(
        "child",
        col("abuser").alias("person"),
        *days,
        pl.lit(NEVER, pl.Int32).alias("until"),
        pl.lit("abuser", roles).alias("role"),
    )
    found = frames["findings"].lazy().filter(col("outcome") == "substantiated")
    events = frames["agency_events"].lazy().with_columns(subject="person")
    linking = {
        "links": pl.concat([home, accused]),
        "linked_agency_events": events.filter(col("kind").is_in(LINKED_KINDS)),
        "linked_allegations": _concerning(alleged),
        "linked_findings": _concerning(found),
    }
    return frames | dict(zip(linking, pl.collect_all(linking.values()), strict=True))


def _concerning(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Each row once for the child it is about and once for the accused: both may be linked."""
    rows = rows.with_columns(subject="child").with_row_index("row")
    accused = rows.filter(col("abuser").is_not_null()).with_columns(child="abuser")
    return pl.concat([rows, accused])


def _read(path: Path, table: Table) -> pl.LazyFrame:
    casts = []
    for name, field in asked_fields(table).items():
        if isinstance(field, Choice):
            codes = col(name).cast(pl.Enum(list(field.allowed)))
            casts.append(codes)
            if name in BITS:
                place = codes.to_physical().cast(pl.Int32)
                casts.append(pl.lit(2, pl.Int32).pow(place).alias(f"{name}_bit"))
        elif isinstance(field, Day):
            open_ended = name in ("withdrawn", "until")
            day = col(name).to_physical()
            casts.append(day.fill_null(NEVER) if open_ended else day)
    return pl.scan_parquet(path).select(*asked_fields(table)).with_columns(casts)


@dataclass(frozen=True)
class Part:
    """A part of the pairs, joined to the rows that were believed on the cutoff of each."""

    frames: Frames
    pairs: pl.DataFrame

    def own(self, table: str, person: str = "child") -> pl.LazyFrame:
        """The children's own rows, with how many days ago each happened."""
        return self._believed_of(table, person).with_columns(AGO)

    def _believed_of(self, table: str, person: str) -> pl.LazyFrame:
        first, last = pl.lit(self.pairs["child"][0]), pl.lit(self.pairs["child"][-1])
        rows = self.frames[table].lazy().filter(col(person).is_between(first, last))
        joined = self.pairs.lazy().join(rows, left_on="child", right_on=person)
        return joined.filter(BELIEVED)

    @cached_property
    def linked(self) -> pl.LazyFrame:
        """Everybody linked on the cutoff, and until when what concerns them is seen."""
        links = self._believed_of("links", "child")
        keys = ("pair", "child", "cutoff", "role", "person")
        linked = links.group_by(keys).agg(seen_until=col("until").max())
        return linked.collect(engine="streaming").lazy()

    @cached_property
    def notifications(self) -> pl.LazyFrame:
        """The children's notifications, with whether each is of the last day of them."""
        seen = self.own("notifications")
        latest = col("happened") == col("happened").max().over("pair")
        return seen.with_columns(latest=latest).collect().lazy()

    def about_notifications(self, table: str) -> pl.LazyFrame:
        """Rows that refer to one of the notifications."""
        notified = self.notifications.select(
            "pair", "child", "cutoff", "latest", notified_ago="ago", notification="id"
        )
        joined = notified.join(self.frames[table].lazy(), on=("notification", "child"))
        return joined.filter(BELIEVED).with_columns(AGO)

    def of_linked(self, table: str) -> pl.LazyFrame:
        """Rows that concern somebody linked, and are not about the child."""
        concerned = "person" if table == "linked_agency_events" else "child"
        subject = "subject" if table.startswith("linked") else "person"
        rows = self.frames[table].lazy()
        joined = self.linked.join(rows, left_on="person", right_on=concerned)
        in_time = col("happened") <= col("seen_until")
        return joined.filter(BELIEVED, in_time, col(subject) != col("child")).with_columns(AGO)
