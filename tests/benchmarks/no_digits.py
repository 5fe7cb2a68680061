"""Pictures that show no digits: texts, faces, scribbles, textures, noise and empty paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Picture = NDArray[np.uint8]
"""Shape (height, width), 0 for black to 255 for white."""

_WORDS: Final = (
    *("the", "quick", "brown", "fox", "jumps", "over", "a", "lazy", "dog", "while", "seven"),
    *("wizards", "mix", "pink", "potions", "for", "their", "queen", "and", "every", "passing"),
    *("neighbour", "asks", "himself", "why", "nobody", "ever", "told", "them", "about", "that"),
)


def printed_text(rng: np.random.Generator) -> Picture:
    """Lines of words in the font that Pillow brings along, small or large."""
    size = int(rng.integers(14, 60))
    font = ImageFont.load_default(size)
    image = Image.new("L", (int(rng.integers(400, 1000)), int(rng.integers(200, 700))), 245)
    draw = ImageDraw.Draw(image)
    for y in range(size, image.height - 2 * size, round(1.5 * size)):
        line = ""
        while draw.textlength(line, font) < 0.7 * image.width:
            line += f"{_WORDS[rng.integers(len(_WORDS))]} "
        draw.text((size, y), line.capitalize(), fill=20, font=font)
    return np.asarray(image, np.uint8)


def heading(rng: np.random.Generator) -> Picture:
    """One large word."""
    size = int(rng.integers(60, 140))
    font = ImageFont.load_default(size)
    word = _WORDS[rng.integers(len(_WORDS))].capitalize()
    image = Image.new("L", (round(font.getlength(word)) + 2 * size, 3 * size), 250)
    ImageDraw.Draw(image).text((size, size), word, fill=10, font=font)
    return np.asarray(image, np.uint8)


def face(rng: np.random.Generator) -> Picture:
    """A drawn face: an oval, eyes, a nose and a mouth."""
    side = int(rng.integers(150, 500))
    image = Image.new("L", (side, side), 240)
    draw = ImageDraw.Draw(image)
    pen = max(2, round(side * rng.uniform(0.01, 0.03)))
    left, top = rng.uniform(0.1, 0.25, 2) * side
    right, bottom = (1 - rng.uniform(0.1, 0.25, 2)) * side
    draw.ellipse((left, top, right, bottom), outline=20, width=pen)
    middle, eye = (left + right) / 2, rng.uniform(0.03, 0.07) * side
    for x in (middle - 0.15 * side, middle + 0.15 * side):
        y = top + 0.3 * (bottom - top)
        filled = 20 if rng.random() < 0.5 else None
        draw.ellipse((x - eye, y - eye, x + eye, y + eye), fill=filled, outline=20, width=pen)
    y = top + rng.uniform(0.45, 0.55) * (bottom - top)
    draw.line((middle, y - 0.06 * side, middle - 0.03 * side, y + 0.05 * side), fill=20, width=pen)
    wide, low = rng.uniform(0.1, 0.2) * side, top + 0.72 * (bottom - top)
    draw.arc((middle - wide, low - wide / 2, middle + wide, low + wide / 2), 10, 170, 20, pen)
    return np.asarray(image, np.uint8)


def photographed_face(rng: np.random.Generator) -> Picture:
    """Grey ovals in front of a darkening wall, out of focus, as a portrait has them."""
    width, height = 400, 500
    down, right = np.mgrid[0:1:500j, 0:1:400j]
    wall = 255 * (0.3 + 0.3 * right * rng.random() + 0.3 * down * rng.random())
    image = Image.fromarray(wall.astype(np.uint8))
    draw = ImageDraw.Draw(image)
    x, y = width * rng.uniform(0.4, 0.6), height * rng.uniform(0.4, 0.5)
    draw.ellipse((x - 190, y + 150, x + 190, y + 500), fill=int(rng.integers(30, 90)))
    draw.ellipse((x - 120, y - 170, x + 120, y + 90), fill=int(rng.integers(20, 70)))
    draw.ellipse((x - 95, y - 120, x + 95, y + 130), fill=int(rng.integers(170, 220)))
    for side in (-1, 1):
        draw.ellipse((x + side * 40 - 16, y - 30, x + side * 40 + 16, y - 14), fill=50)
        draw.line((x + side * 22, y - 45, x + side * 60, y - 48), fill=60, width=6)
    draw.line((x, y - 10, x - 10, y + 40, x + 8, y + 42), fill=130, width=5)
    draw.ellipse((x - 35, y + 70, x + 35, y + 88), fill=110)
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(rng.uniform(1, 3))), np.float64)
    return _levels(soft + rng.normal(0, 4, soft.shape))


def scribble(rng: np.random.Generator) -> Picture:
    """A pen that wandered about."""
    image = Image.new("L", (400, 300), 255)
    turn = np.cumsum(rng.normal(0, 0.5, 160)) + rng.uniform(0, 6)
    steps = rng.uniform(4, 14) * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    track = np.cumsum(steps, axis=0)
    low, high = track.min(axis=0), track.max(axis=0)
    track = 20 + (track - low) * (np.array([360, 260]) / np.maximum(high - low, 1)).min()
    ImageDraw.Draw(image).line(track.ravel().tolist(), fill=0, width=int(rng.integers(2, 8)))
    return np.asarray(image, np.uint8)


def zigzag(rng: np.random.Generator) -> Picture:
    """What was crossed out."""
    image = Image.new("L", (500, 200), 255)
    x = np.linspace(30, 470, int(rng.integers(12, 40)))
    y = 100 + rng.uniform(40, 80) * (-1.0) ** np.arange(len(x)) + rng.normal(0, 6, len(x))
    track = np.stack([x + rng.normal(0, 4, len(x)), y], axis=1)
    ImageDraw.Draw(image).line(track.ravel().tolist(), fill=0, width=int(rng.integers(2, 7)))
    return np.asarray(image, np.uint8)


def texture(rng: np.random.Generator) -> Picture:
    """Clouds of all sizes, as stone, cloth, leaves and skies have them in photographs."""
    size = (320, 400)
    levels = np.zeros(size)
    for octave in range(1, int(rng.integers(4, 8))):
        small = (rng.random((2**octave + 1, 2**octave + 1)) * 255).astype(np.uint8)
        layer = Image.fromarray(small).resize(size[::-1], Image.Resampling.BICUBIC)
        levels += np.asarray(layer, np.float64) * 0.6**octave
    return _levels((levels - levels.min()) / np.ptp(levels) * 255)


def noise(rng: np.random.Generator) -> Picture:
    """A sensor in the dark, from fine to coarse; or single dots."""
    if rng.random() < 0.3:
        dots = rng.random((300, 400)) < rng.uniform(0.005, 0.1)
        return np.where(dots, 0, 255).astype(np.uint8)
    grain = int(rng.integers(1, 6))
    small = rng.normal(
        128, rng.uniform(3, 60), (300 // (grain := int(rng.integers(1, 6))), 400 // grain)
    )
    return np.asarray(Image.fromarray(_levels(small)).resize((400, 300)), np.uint8)


def gradient(rng: np.random.Generator) -> Picture:
    """Light that fades over a wall."""
    down, right = np.mgrid[0:1:300j, 0:1:400j]
    x, y = rng.uniform(-0.5, 1.5, 2)
    levels = 255 * rng.uniform(0.3, 1) * np.exp(-((right - x) ** 2) - (down - y) ** 2)
    return _levels(levels + rng.normal(0, 2, levels.shape))


def chart(rng: np.random.Generator) -> Picture:
    """Axes with bars or a curve."""
    image = Image.new("L", (500, 350), 255)
    draw = ImageDraw.Draw(image)
    draw.line((40, 20, 40, 310, 480, 310), fill=0, width=2)
    heights = np.abs(np.cumsum(rng.normal(0, 60, 9))) % 260 + 20
    places = np.linspace(70, 430, len(heights))
    if rng.random() < 0.5:
        for x, height in zip(places.tolist(), heights.tolist(), strict=True):
            draw.rectangle((x, 308 - height, x + 24, 308), fill=int(rng.integers(30, 160)))
    else:
        draw.line(np.stack([places, 310 - heights], axis=1).ravel().tolist(), fill=0, width=3)
    return np.asarray(image, np.uint8)


def empty_paper(rng: np.random.Generator) -> Picture:
    """Ruled or squared paper with nothing on it, in even light or under a shadow."""
    image = Image.new("L", (800, 600), int(rng.integers(215, 250)))
    draw = ImageDraw.Draw(image)
    step, grey = rng.uniform(25, 90), int(rng.integers(110, 190))
    for y in np.arange(step * rng.random(), image.height, step).tolist():
        draw.line((0, y, image.width, y + 8 * rng.random()), fill=grey, width=2)
    if rng.random() < 0.5:
        for x in np.arange(step * rng.random(), image.width, step).tolist():
            draw.line((x, 0, x, image.height), fill=grey, width=2)
    levels = np.asarray(image.filter(ImageFilter.GaussianBlur(0.7)), np.float64)
    if rng.random() < 0.5:
        down, right = np.mgrid[0:1:600j, 0:1:800j]
        edge = (right - rng.random()) * rng.uniform(-1, 1) + (down - rng.random())
        levels *= (1 - 0.3 * right) * (1 - 0.3 / (1 + np.exp(-edge / 0.03)))
        levels += rng.normal(0, 3, levels.shape)
    return _levels(levels)


KINDS: Final[Mapping[str, Callable[[np.random.Generator], Picture]]] = {
    "printed text": printed_text,
    "a printed word": heading,
    "a drawn face": face,
    "a portrait": photographed_face,
    "a scribble": scribble,
    "a zigzag": zigzag,
    "a texture": texture,
    "noise": noise,
    "a gradient": gradient,
    "a chart": chart,
    "empty paper": empty_paper,
}


def _levels(levels: NDArray[np.float64]) -> Picture:
    return np.asarray(np.clip(np.rint(levels), 0, 255), np.uint8)
