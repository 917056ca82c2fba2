"""Pictures in a page: drawn by matplotlib, the same bytes every time, in the reader's language."""

import base64
import warnings
from collections.abc import Sequence
from io import StringIO
from xml.etree.ElementTree import Element

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from features.html import make
from models.groups import Estimate

GREY = "#9a9a9a"
COLOURS = ("#1f5a7a", "#b3261e", "#7a8a99")  # told apart by marker and dashes as well
_MARKERS, _DASHES = ("o", "s", "^"), ("-", "--", ":")


def axes(across: str, up: str) -> tuple[Figure, Axes]:
    """An empty picture with words along its axes."""
    figure = Figure(figsize=(8, 4.8), layout="constrained")
    drawn = figure.add_subplot(xlabel=across, ylabel=up)
    drawn.spines[["top", "right"]].set_visible(False)
    return figure, drawn


def line(
    drawn: Axes, place: int, across: Sequence[float], up: Sequence[Estimate], words: str
) -> None:
    """Draw estimates as a line with its interval; `place` chooses its colour, marker and dashes."""
    colour = COLOURS[place]
    drawn.fill_between(
        across, [e.low for e in up], [e.high for e in up], color=colour, alpha=0.12, linewidth=0
    )
    drawn.plot(
        across, [e.value for e in up], color=colour, marker=_MARKERS[place],
        linestyle=_DASHES[place], markersize=5, label=words,
    )  # fmt: skip


def svg_of(figure: Figure) -> str:
    """The picture as SVG; its words stay words, which the reader's own fonts show."""
    drawn = StringIO()
    steady = mpl.rc_context({"svg.hashsalt": "kizuki", "svg.fonttype": "none"})
    with steady, warnings.catch_warnings():
        # Room is measured in the font that comes with matplotlib, which lacks Japanese.
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    return drawn.getvalue()


def embedded(svg: str, told: str) -> Element:
    """A picture in a page that needs nothing but itself; `told` says what is to be seen."""
    data = base64.b64encode(svg.encode()).decode()
    return make("img", src=f"data:image/svg+xml;base64,{data}", alt=told, css="picture")
