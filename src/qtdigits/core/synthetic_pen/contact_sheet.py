"""A contact sheet: many drawings side by side, to be looked at."""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from qtdigits.core.synthetic_pen.variation import Tracks

CELL: Final = 64
"""Side of the square that a drawing gets, in pixels."""
_MARGIN: Final = 7
_PEN: Final = 3.2
_OVERSAMPLING: Final = 4
_PAPER: Final = 255
_INK: Final = 24


def contact_sheet(drawings: list[Tracks], columns: int = 20) -> Image.Image:
    """Draw all drawings in rows of `columns`, dark on white, as a grey image ('L').

    Each is scaled to fit its cell. Raises ValueError when there is nothing to draw.
    """
    if not drawings or columns < 1:
        raise ValueError(
            f"a contact sheet needs drawings and a column, got {len(drawings)} and {columns}"
        )
    columns = min(columns, len(drawings))
    rows = -(-len(drawings) // columns)
    sheet = Image.new("L", (columns * CELL, rows * CELL), _PAPER)
    for index, tracks in enumerate(drawings):
        row, column = divmod(index, columns)
        sheet.paste(_cell(tracks), (column * CELL, row * CELL))
    return sheet


def _cell(tracks: Tracks) -> Image.Image:
    points = np.concatenate(tracks)
    low, high = points.min(axis=0), points.max(axis=0)
    extent = float((high - low).max())
    scale = (CELL - 2 * _MARGIN) / extent if extent > 0 else 1.0
    side = CELL * _OVERSAMPLING
    image = Image.new("L", (side, side), _PAPER)
    draw = ImageDraw.Draw(image)
    width = _PEN * _OVERSAMPLING
    for track in tracks:
        places = ((track - (low + high) / 2) * scale + CELL / 2) * _OVERSAMPLING
        draw.line(places.ravel().tolist(), fill=_INK, width=round(width))
        for x, y in places.tolist():
            draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=_INK)
    return image.reduce(_OVERSAMPLING)
