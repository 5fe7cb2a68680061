"""Checks that the numbers in a picture are read and shown."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPen

from qtdigits.app import Program
from qtdigits.core.ink import Ink
from qtdigits.core.picture_sheet import OpenPicture, PictureState
from qtdigits.core.samples import sample_drawings
from qtdigits.self_test.waiting import SelfTestError, bury_closed, wait_for
from qtdigits.ui.dialogs.picture_dialog import PictureDialog

_WRITTEN: Final = "37"
_DIGIT_PX: Final = 90
_CELL_PX: Final = 160
_PEN_PX: Final = 8


def check_pictures(program: Program, folder: Path) -> None:
    """A picture of a number, saved in the folder, is opened and read right.

    Raises SelfTestError.
    """
    seen: list[OpenPicture] = []
    program.pictures.updated.connect(lambda picture, _: seen.append(picture))
    file = folder / "number.png"
    if not _picture().save(str(file)):
        raise SelfTestError("the picture of a number cannot be saved")
    program.picture_desk.open_files([file])
    ends = (PictureState.READ, PictureState.FAILED)
    wait_for(lambda: any(one.state in ends for one in seen), "reading a picture")
    picture = next(one for one in seen if one.state in ends)
    if picture.text != _WRITTEN:
        raise SelfTestError(f"{_WRITTEN} was read as {picture.text!r} {picture.problem}".rstrip())
    for dialog in program.window.findChildren(PictureDialog):
        dialog.grab()
        dialog.close()
    bury_closed()


def _picture() -> QImage:
    """The number in the middle of white paper."""
    samples = {one.label: one.ink for one in sample_drawings()}
    page = QImage(_CELL_PX * (len(_WRITTEN) + 1), 2 * _CELL_PX, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(Qt.GlobalColor.black, _PEN_PX)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for place, digit in enumerate(_WRITTEN):
        _draw(painter, samples[digit], _CELL_PX + place * (_DIGIT_PX + _CELL_PX // 8))
    painter.end()
    return page


def _draw(painter: QPainter, ink: Ink, left: int) -> None:
    bounds = ink.bounds()
    if bounds is None:
        return
    scale = _DIGIT_PX / max(bounds.width, bounds.height)
    for stroke in ink.strokes:
        points = [
            QPointF(left + (s.x - bounds.left) * scale, _CELL_PX + (s.y - bounds.top) * scale)
            for s in stroke.samples
        ]
        painter.drawPolyline(points)
