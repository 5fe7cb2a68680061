"""The program's icon in each system's form, all made from the one SVG."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from project import ROOT

SOURCE: Final = ROOT / "resources" / "icons" / "qtdigits.svg"
LINUX_SIDES_PX: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_WINDOWS_SIDES_PX: Final = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_MAC_SIDES_PX: Final = (32, 64, 128, 256, 512, 1024)


def rendered(side: int, source: Path = SOURCE) -> Image.Image:
    """The icon with this many pixels a side, transparent around it; needs no QApplication.

    Raises ValueError when the file is no SVG picture.
    """
    renderer = QSvgRenderer(str(source))
    if not renderer.isValid():
        raise ValueError(f"{source} is not an SVG picture")
    canvas = QImage(side, side, QImage.Format.Format_RGBA8888_Premultiplied)
    canvas.fill(0)
    with QPainter(canvas) as painter:
        renderer.render(painter, QRectF(0, 0, side, side))
    plain = canvas.convertToFormat(QImage.Format.Format_RGBA8888)
    # Rows of four bytes a pixel need no padding.
    return Image.frombytes("RGBA", (side, side), bytes(plain.constBits()))


def write_png(target: Path, side: int) -> None:
    """One PNG, as Linux has them by size."""
    rendered(side).save(target, "PNG", optimize=True)


def write_ico(target: Path) -> None:
    """All sizes that Windows asks for, each rendered for itself."""
    *smaller, largest = (rendered(side) for side in _WINDOWS_SIDES_PX)
    sizes = [(side, side) for side in _WINDOWS_SIDES_PX]
    largest.save(target, "ICO", sizes=sizes, append_images=smaller)


def write_icns(target: Path) -> None:
    """All sizes that macOS asks for, each rendered for itself."""
    *smaller, largest = (rendered(side) for side in _MAC_SIDES_PX)
    largest.save(target, "ICNS", append_images=smaller)
