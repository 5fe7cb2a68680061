"""Composed numbers as pictures: lines of writing on paper, as a camera or a scanner shows them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from qtdigits.core.numbers.compose import ComposedNumber

_OVERSAMPLING: Final = 3
_WIDTHS: Final = (700, 1400)
_SHAPES: Final = (0.5, 1.0)
"""Height of a page in its widths."""
_HEIGHTS: Final = (34.0, 90.0)
"""Height of the writing in pixels."""
_PENS: Final = (0.045, 0.14)
"""Width of the pen in heights of the writing."""
_UNITS: Final = 100.0
"""Height of the writing of a composed number, in its units."""


class Paper(StrEnum):
    """What the writing stands on, and what shows it."""

    PLAIN = "plain"
    RULED = "ruled"
    SQUARED = "squared"
    PHOTO = "photo"
    """Plain paper under a camera: perspective, shadow, noise and JPEG."""
    RULED_PHOTO = "ruled photo"
    SQUARED_PHOTO = "squared photo"

    @property
    def is_photo(self) -> bool:
        return self in (Paper.PHOTO, Paper.RULED_PHOTO, Paper.SQUARED_PHOTO)


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A picture, uint8 of shape (height, width), and its lines of numbers, parted by spaces."""

    picture: NDArray[np.uint8]
    lines: tuple[str, ...]


def write_pages(
    numbers: Sequence[ComposedNumber], paper: Paper, seed: int, *, light_on_dark: bool = False
) -> list[Page]:
    """Write all numbers on as many pages as they need; the same seed gives the same pages."""
    rng = np.random.default_rng([seed, list(Paper).index(paper)])
    waiting = list(numbers)
    pages = []
    while waiting:
        page = _page(waiting, paper, rng)
        pages.append(Page(255 - page.picture, page.lines) if light_on_dark else page)
    return pages


def _page(waiting: list[ComposedNumber], paper: Paper, rng: np.random.Generator) -> Page:
    """One page; what is written there is taken from the front of `waiting`."""
    height = rng.uniform(*_HEIGHTS)
    width = int(max(rng.uniform(*_WIDTHS), height * 12))
    size = width, int(max(width * rng.uniform(*_SHAPES), 4 * height))
    tracks: list[NDArray[np.float64]] = []
    lines: list[str] = []
    base = 1.8 * height
    while waiting and base < size[1] - height:
        left = height * rng.uniform(0.5, 1.5)
        line: list[str] = []
        while waiting:
            placed = [
                stroke.points() * height / _UNITS + [left, base]
                for stroke in waiting[0].ink.strokes
            ]
            left -= min(0.0, min(float(t[:, 0].min()) for t in placed) - left)
            right = max(float(track[:, 0].max()) for track in placed)
            if right > width - 0.5 * height and line:
                break
            line.append(waiting.pop(0).label)
            tracks += placed
            left = right + height * rng.uniform(1.7, 3)
        lines.append(" ".join(line))
        base += height * rng.uniform(1.9, 2.6)
    ink = _drawn(tracks, height * rng.uniform(*_PENS), size)
    sheet = _sheet(paper, height, size, rng) * (1 - rng.uniform(0.55, 0.9) * ink)
    picture = _photographed(sheet, rng) if paper.is_photo else _levels(sheet)
    return Page(picture, tuple(lines))


def _drawn(
    tracks: Sequence[NDArray[np.float64]], pen: float, size: tuple[int, int]
) -> NDArray[np.float32]:
    """The share of ink in each pixel, with a round pen."""
    image = Image.new("L", (size[0] * _OVERSAMPLING, size[1] * _OVERSAMPLING))
    draw = ImageDraw.Draw(image)
    radius = pen * _OVERSAMPLING / 2
    for track in tracks:
        points = track * _OVERSAMPLING
        draw.line(points.ravel().tolist(), fill=255, width=max(1, round(2 * radius)))
        for x, y in points.tolist():
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(image.reduce(_OVERSAMPLING), np.float32) / np.float32(255)


def _sheet(
    paper: Paper, height: float, size: tuple[int, int], rng: np.random.Generator
) -> NDArray[np.float32]:
    """The paper's brightness, 0..1, with its printed lines."""
    image = Image.new("L", (2 * size[0], 2 * size[1]))
    draw = ImageDraw.Draw(image)
    squared = paper in (Paper.SQUARED, Paper.SQUARED_PHOTO)
    ruled = squared or paper in (Paper.RULED, Paper.RULED_PHOTO)
    step = 2 * height * (rng.uniform(0.5, 0.8) if squared else rng.uniform(1.2, 1.6))
    pen = max(1, round(2 * height * rng.uniform(0.015, 0.035)))
    start = step * rng.random()
    if ruled:
        for y in np.arange(start, image.height, step).tolist():
            draw.line((0, y, image.width, y), fill=255, width=pen)
    if squared:
        for x in np.arange(start, image.width, step).tolist():
            draw.line((x, 0, x, image.height), fill=255, width=pen)
    printed = np.asarray(image.reduce(2), np.float32) / np.float32(255)
    sheet = rng.uniform(0.88, 0.98) * (1 - rng.uniform(0.15, 0.45) * printed)
    return np.asarray(sheet, np.float32)


def _photographed(sheet: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Perspective, fading light and the edge of a shadow, noise, a soft lens and JPEG."""
    height, width = sheet.shape
    corners = np.array([0, 0, 0, height, width, height, width, 0]) + rng.normal(0, 0.015 * width, 8)
    seen = Image.fromarray(_levels(sheet)).transform(
        (width, height),
        Image.Transform.QUAD,
        corners.tolist(),
        Image.Resampling.BICUBIC,
        fillcolor=int(rng.uniform(200, 240)),
    )
    down, right = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
    towards, across = rng.uniform(0, 2 * np.pi, 2)
    fading = (right - 0.5) * np.cos(towards) + (down - 0.5) * np.sin(towards) + 0.5
    x, y = rng.uniform(0.2, 0.8, 2)
    edge = (right - x) * np.cos(across) + (down - y) * np.sin(across)
    shadow = rng.uniform(0.15, 0.4) / (1 + np.exp(-edge / rng.uniform(0.01, 0.06)))
    light = (1 - rng.uniform(0.2, 0.5) * fading) * (1 - shadow)
    levels = np.asarray(seen, np.float64) / 255 * light
    levels = levels + rng.normal(0, rng.uniform(0.005, 0.025), levels.shape)
    soft = Image.fromarray(_levels(levels)).filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.0)))
    file = io.BytesIO()
    soft.save(file, "JPEG", quality=int(rng.integers(40, 90)))
    return np.asarray(Image.open(file), np.uint8)


def _levels(sheet: NDArray[np.floating]) -> NDArray[np.uint8]:
    return np.asarray(np.rint(np.clip(sheet, 0, 1) * 255), np.uint8)
