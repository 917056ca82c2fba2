"""The pictures of the page: hand-written SVG, told apart by place and shape as well as colour."""

from markupsafe import Markup

from models.bands import BAND_NAMES, HIGHEST_SCORE

CELL = 32
HALF = 110  # of a reason's bar, in pixels from the middle
_SHADES = (
    "#e3eaf1",
    "#c3d1df",
    "#9bb2c9",
    "#6f8eac",
)  # one hue, darker with the band: greys do too
_INK, _RAISES, _LOWERS, _LINE = "#1a1f24", "#a33b00", "#1d5080", "#8a949e"


def scale(score: int, title: str, bands: dict[str, str]) -> Markup:
    """The twenty scores in a row, shaded by band, with the child's own marked."""
    cells = Markup("").join(
        _cell(number, number == score) for number in range(1, HIGHEST_SCORE + 1)
    )
    names, first = Markup(""), 1
    for name in BAND_NAMES:
        middle = (first - 1 + name.to_score) / 2 * CELL
        names += Markup('<text x="{}" y="84" class="small">{}</text>').format(
            middle, bands[name.code]
        )
        first = name.to_score + 1
    return _picture(HIGHEST_SCORE * CELL, 92, title, cells + names)


def chance(probability: float, low: float, high: float, title: str) -> Markup:
    """The probability as a mark on a line from 0 to 100 %, and its range as a bar."""
    width = HIGHEST_SCORE * CELL
    at = [f"{share * (width - 20) + 10:.1f}" for share in (low, high, probability)]
    span = max(float(at[1]) - float(at[0]), 2)
    parts = Markup(
        '<line x1="10" x2="{end}" y1="20" y2="20" stroke="{line}" stroke-width="2"/>'
        '<rect x="{low}" y="13" width="{span:.1f}" height="14" fill="{shade}" stroke="{ink}"/>'
        '<path d="M{at} 8 l7 12 l-7 12 l-7 -12 z" fill="{ink}"/>'
    ).format(end=width - 10, line=_LINE, low=at[0], span=span, shade=_SHADES[1], ink=_INK, at=at[2])
    ticks = Markup("").join(
        Markup('<text x="{}" y="48" class="small">{}%</text>').format(
            share / 100 * (width - 20) + 10 + {0: 6, 100: -10}.get(share, 0), share
        )
        for share in (0, 25, 50, 75, 100)
    )
    return _picture(width, 54, title, parts + ticks)


def hundred(share: float, title: str) -> Markup:
    """A hundred figures, the share of them filled."""
    filled = round(100 * share)
    dots = Markup("").join(_figure(index, index < filled) for index in range(100))
    return _picture(20 * 16, 5 * 22, title, dots)


def bar(share: float, largest: float, title: str, half: int = HALF) -> Markup:
    """A share: to the right it raises, to the left it lowers; `largest` fills a half."""
    length = abs(share) / largest * half
    x, colour = (half, _RAISES) if share > 0 else (half - length, _LOWERS)
    tip = half + (length if share > 0 else -length)
    point = 5 if share > 0 else -5
    parts = Markup(
        '<rect x="{x:.1f}" y="5" width="{length:.1f}" height="12" fill="{colour}"/>'
        '<path d="M{tip:.1f} 5 l{point} 6 l{back} 6 z" fill="{colour}"/>'
        '<line x1="{half}" x2="{half}" y1="0" y2="22" stroke="{ink}"/>'
    ).format(
        x=x + 8, length=length, colour=colour, tip=tip + 8, point=point, back=-point,
        half=half + 8, ink=_INK,
    )  # fmt: skip
    return _picture(2 * half + 16, 22, title, parts)


def _cell(number: int, own: bool) -> Markup:
    band = next(index for index, name in enumerate(BAND_NAMES) if number <= name.to_score)
    x, middle = (number - 1) * CELL, (number - 0.5) * CELL
    if not own:
        return Markup(
            '<rect x="{}" y="30" width="{}" height="34" fill="{}" stroke="#fff"/>'
            '<text x="{}" y="52">{}</text>'
        ).format(x, CELL, _SHADES[band], middle, number)
    return Markup(
        '<path d="M{m} 22 l-8 -12 h16 z" fill="{ink}"/>'
        '<rect x="{x}" y="24" width="{w}" height="46" fill="{ink}"/>'
        '<text x="{m}" y="54" class="own">{number}</text>'
    ).format(m=middle, x=x, w=CELL, ink=_INK, number=number)


def _figure(index: int, filled: bool) -> Markup:
    """A person: a head and shoulders, filled or in outline."""
    x, y = index % 20 * 16 + 8, index // 20 * 22 + 4
    return Markup(
        '<path d="M{} {} a3 3 0 1 1 0.01 0 z m-6 12 v-4 a6 6 0 0 1 12 0 v4 z" '
        'fill="{}" stroke="{}"/>'
    ).format(x, y + 4, _INK if filled else "#fff", _INK if filled else _LINE)


def _picture(width: float, height: float, title: str, parts: Markup) -> Markup:
    return Markup(
        '<svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{title}">'
        "{parts}</svg>"
    ).format(w=f"{width:g}", h=f"{height:g}", title=title, parts=parts)
