"""The town as it stands when its months begin to run."""

from dataclasses import dataclass

import numpy as np

from features.town.arrays import MONTH, Column
from features.town.families import Families, Span
from features.town.profiles import Profile
from features.town.risk import Risk


@dataclass(frozen=True)
class World:
    """What does not depend on what anybody reports or decides."""

    profile: Profile
    span: Span
    families: Families
    risk: Risk

    @property
    def months(self) -> int:
        """How many months the town lives through."""
        return int(self.risk.strain.shape[1])

    def day(self, month: int) -> int:
        """The first day of a month."""
        return self.span.start + round(month * MONTH)

    def month(self, days: Column) -> Column:
        """The month in which each day lies; days outside the span count to its first or last."""
        month: Column = np.clip((days - self.span.start) / MONTH, 0, self.months - 1).astype(int)
        return month

    def strain(self, family: Column, days: Column) -> Column:
        """The true risk of families on days."""
        strain: Column = self.risk.strain[family, self.month(days)]
        return strain
