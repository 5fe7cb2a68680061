"""Small line charts side by side, drawn with Pillow."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw, ImageFont

COLOURS: Final = ("#1f5fbf", "#d2600a")
"""Told apart by people with any colour vision; the second line also has square marks."""

_WIDTH: Final = 360
_HEIGHT: Final = 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 18, 34, 46
_HEAD: Final = 64
_MARGIN: Final = 18
_PAPER: Final = "white"
_TEXT: Final = "#1a1a1a"
_DIM: Final = "#5a5a5a"
_GRID: Final = "#e2e2e2"
_FRAME: Final = "#9a9a9a"
_OVERSAMPLING: Final = 3
_STEPS: Final = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
_MOST_TICKS: Final = 6

Place = tuple[float, float]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True)
class Chart:
    """Percentages (0..100) over x: one line a network, each as long as `x`."""

    title: str
    x_label: str
    x: tuple[float, ...]
    lines: tuple[tuple[float, ...], ...]


def line_charts(
    title: str, names: Sequence[str], charts: Sequence[Chart], columns: int = 3
) -> Image.Image:
    """Draw charts in rows, all with the same vertical axis, under a title and a legend.

    names: one for each line of every chart, two at most. Raises ValueError for anything else.
    """
    if not charts or not 1 <= len(names) <= len(COLOURS):
        raise ValueError(
            f"expected charts of one or two lines, got {len(charts)} charts and {len(names)} names"
        )
    if any(len(chart.lines) != len(names) for chart in charts):
        raise ValueError(f"expected {len(names)} lines in every chart")
    columns = min(columns, len(charts))
    rows = -(-len(charts) // columns)
    size = (columns * _WIDTH + 2 * _MARGIN, _HEAD + rows * _HEIGHT + _MARGIN)
    picture = Image.new("RGB", size, _PAPER)
    _draw_head(picture, title, names)
    ticks = _percent_ticks(min(min(line) for chart in charts for line in chart.lines))
    for at, chart in enumerate(charts):
        row, column = divmod(at, columns)
        place = (_MARGIN + column * _WIDTH, _HEAD + row * _HEIGHT)
        picture.paste(_drawn(chart, ticks), place)
    return picture


def stacked(pictures: Sequence[Image.Image]) -> Image.Image:
    """Pictures below each other; raises ValueError for none."""
    if not pictures:
        raise ValueError("expected a picture, got none")
    width = max(picture.width for picture in pictures)
    whole = Image.new("RGB", (width, sum(picture.height for picture in pictures)), _PAPER)
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height
    return whole


def _draw_head(picture: Image.Image, title: str, names: Sequence[str]) -> None:
    draw = ImageDraw.Draw(picture)
    draw.text((_MARGIN + 4, 12), title, _TEXT, ImageFont.load_default(18))
    font = ImageFont.load_default(14)
    left = float(_MARGIN + 4)
    for number, name in enumerate(names):
        draw.line((left, 50, left + 28, 50), COLOURS[number], 3)
        _draw_mark(draw, (left + 14, 50), number, 4)
        draw.text((left + 36, 50), name, _TEXT, font, anchor="lm")
        left += 36 + font.getlength(name) + 28


def _drawn(chart: Chart, ticks: Sequence[float]) -> Image.Image:
    """One chart; lines are drawn larger and reduced, so that they are smooth."""
    x_low, x_high = min(chart.x), max(chart.x)
    x_span, y_span = (x_high - x_low) or 1.0, ticks[-1] - ticks[0]

    def place(x: float, y: float) -> Place:
        across = (x - x_low) / x_span * (_WIDTH - _LEFT - _RIGHT)
        up = (y - ticks[0]) / y_span * (_HEIGHT - _TOP - _BOTTOM)
        return _LEFT + across, _HEIGHT - _BOTTOM - up

    times = _OVERSAMPLING
    large = Image.new("RGB", (_WIDTH * times, _HEIGHT * times), _PAPER)
    draw = ImageDraw.Draw(large)
    for tick in ticks:
        ends = (*place(x_low, tick), *place(x_high, tick))
        draw.line([times * end for end in ends], _GRID, times)
    corners = (*place(x_low, ticks[-1]), *place(x_high, ticks[0]))
    draw.rectangle([times * corner for corner in corners], outline=_FRAME, width=times)
    # The first line is drawn last: it is the network that is measured.
    for number, line in reversed(list(enumerate(chart.lines))):
        points = [
            (times * across, times * down)
            for across, down in (place(x, y) for x, y in zip(chart.x, line, strict=True))
        ]
        draw.line(points, COLOURS[number], 2 * times + 1, joint="curve")
        for point in points:
            _draw_mark(draw, point, number, 4 * times)
    picture = large.reduce(times)
    _draw_words(ImageDraw.Draw(picture), chart, ticks, place)
    return picture


def _draw_words(
    draw: ImageDraw.ImageDraw,
    chart: Chart,
    ticks: Sequence[float],
    place: Callable[[float, float], Place],
) -> None:
    font = ImageFont.load_default(12)
    draw.text((_LEFT, _TOP - 10), chart.title, _TEXT, ImageFont.load_default(15), anchor="ls")
    for tick in ticks:
        left, middle = place(min(chart.x), tick)
        draw.text((left - 6, middle), f"{tick:g} %", _DIM, font, anchor="rm")
    free = -math.inf
    for x in sorted(chart.x):
        middle, bottom = place(x, ticks[0])
        half = font.getlength(f"{x:g}") / 2
        if middle - half < free:
            continue  # it would touch the number before it
        draw.line((middle, bottom, middle, bottom + 4), _FRAME)
        draw.text((middle, bottom + 7), f"{x:g}", _DIM, font, anchor="mt")
        free = middle + half + 4
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    draw.text((middle, _HEIGHT - 8), chart.x_label, _DIM, font, anchor="ms")


def _draw_mark(draw: ImageDraw.ImageDraw, middle: Place, number: int, radius: float) -> None:
    box = (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
    if number == 0:
        draw.ellipse(box, COLOURS[number])
    else:
        draw.rectangle(box, COLOURS[number])


def _percent_ticks(lowest: float) -> list[float]:
    """Ticks from at or below the lowest percentage up to 100, at even and round steps."""
    span = max(0.5, 100 - max(0.0, lowest))
    step = next((step for step in _STEPS if span / step <= _MOST_TICKS - 1), _STEPS[-1])
    count = math.ceil(span / step - 1e-9)
    return [round(100 - step * number, 6) for number in range(count, -1, -1)]
