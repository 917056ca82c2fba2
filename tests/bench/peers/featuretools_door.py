"""The one way to Featuretools, which was last released before what it stands on changed.

Two things are mended here, and nothing else: setuptools has left out `pkg_resources`, which
Featuretools 1.31 and woodwork 0.31 ask for plug-ins alone (there are none), and pandas 3 makes an
accessor anew at each use, where woodwork keeps its types in it.
"""

import sys
import warnings
from types import ModuleType
from typing import Any

import pandas as pd

_plug_ins = ModuleType("pkg_resources")
_plug_ins.iter_entry_points = lambda _: ()  # type: ignore[attr-defined]
_plug_ins.working_set = ()  # type: ignore[attr-defined]
sys.modules["pkg_resources"] = _plug_ins

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "Could not infer format", UserWarning, "woodwork")
    import featuretools as ft
    from featuretools import EntitySet, Feature
    from featuretools.primitives import AggregationPrimitive
del sys.modules["pkg_resources"]  # pytest would take it for the real one


class _Kept:
    """An accessor that is made once for each frame and kept with it, as before pandas 3."""

    def __init__(self, accessor: type) -> None:
        self._accessor = accessor

    def __get__(self, frame: object, _: type) -> Any:
        if frame is None:
            return self._accessor
        made = self._accessor(frame)
        object.__setattr__(frame, "ww", made)
        return made


for _kind in (pd.DataFrame, pd.Series):
    _kind.ww = _Kept(_kind.ww)

__all__ = ["AggregationPrimitive", "EntitySet", "Feature", "ft"]
