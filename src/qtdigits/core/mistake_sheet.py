"""A contact sheet of mistakes: each with its label, the answer, the confidence and its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps

from qtdigits.core.mistakes import Mistake
from qtdigits.core.raster import SIDE
from qtdigits.core.wording import percentage

MOST: Final = 100
"""So many mistakes at most are drawn."""
_COLUMNS: Final = 10
_CELL: Final = 136
_ZOOM: Final = 4
_LINE: Final = 17
_HEAD: Final = 40
_MARGIN: Final = 8
_PAPER: Final = "white"
_TEXT: Final = "#1a1a1a"
_DIM: Final = "#666666"
_RULE: Final = "#d0d0d0"


def mistake_sheet(mistakes: Sequence[Mistake], title: str) -> Image.Image:
    """Draw the first 100 mistakes under a title, as they come, in colour mode 'RGB'."""
    shown = mistakes[:MOST]
    several = len({mistake.source for mistake in shown}) > 1
    height = SIDE * _ZOOM + (4 if several else 3) * _LINE + 2 * _MARGIN
    columns = min(_COLUMNS, max(5, len(shown)))
    rows = max(1, -(-len(shown) // columns))
    sheet = Image.new("RGB", (columns * _CELL, _HEAD + rows * height), _PAPER)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(13)
    head = ImageFont.load_default(16)
    draw.text((_MARGIN, 10), _fitted(title, head, sheet.width - 2 * _MARGIN), _TEXT, head)
    if not shown:
        draw.text((_MARGIN, _HEAD + _MARGIN), "There are no mistakes.", _DIM, font)
    for at, mistake in enumerate(shown):
        row, column = divmod(at, columns)
        _draw_cell(sheet, (column * _CELL, _HEAD + row * height), mistake, several, font)
    return sheet


def _draw_cell(
    sheet: Image.Image,
    corner: tuple[int, int],
    mistake: Mistake,
    with_source: bool,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    left, top = corner[0] + (_CELL - SIDE * _ZOOM) // 2, corner[1] + _MARGIN
    side = SIDE * _ZOOM
    picture = ImageOps.invert(Image.fromarray(mistake.image))
    sheet.paste(picture.resize((side, side), Image.Resampling.NEAREST), (left, top))
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((left - 1, top - 1, left + side, top + side), outline=_RULE)
    prediction = mistake.prediction
    lines = [
        (f"{mistake.label} read as {prediction.digit}", _TEXT),
        (percentage(prediction.confidence).replace("\u202f", " "), _DIM),
        (mistake.place, _DIM),
    ]
    if with_source:
        lines.append((mistake.source, _DIM))
    for number, (text, colour) in enumerate(lines):
        draw.text((left, top + side + 3 + number * _LINE), _fitted(text, font, side), colour, font)


def _fitted(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: float) -> str:
    """The end of a text that is too wide, for there file names differ."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"...{text}") > width:
        text = text[1:]
    return f"...{text}"
