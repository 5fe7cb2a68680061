"""Where a page lies in a widget: one scale for both directions, nothing cut off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QTransform

from qtdigits.core.ink import Ink, PenSample

_SHARE: Final = 0.7
"""How much of the widget a drawing fills that comes in other units or from a larger window."""

_TINY_PX: Final = 24.0


@dataclass(frozen=True, slots=True)
class PageView:
    """From page units to a widget's logical pixels: x * scale + left, y * scale + top."""

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0

    @classmethod
    def fitting(cls, page: QRectF, size: QSizeF) -> PageView:
        """The view that shows the whole page, as large as it can be, in the middle."""
        if page.isEmpty() or size.isEmpty():
            return cls()
        scale = min(size.width() / page.width(), size.height() / page.height())
        centre = page.center()
        return cls(
            scale,
            size.width() / 2 - centre.x() * scale,
            size.height() / 2 - centre.y() * scale,
        )

    def to_page(self, sample: PenSample, size: QSizeF) -> PenSample:
        """Where a pen is on the page; outside a widget of this size it runs along the edge."""
        x = min(max(sample.x, 0.0), size.width())
        y = min(max(sample.y, 0.0), size.height())
        return PenSample(
            (x - self.left) / self.scale,
            (y - self.top) / self.scale,
            sample.time_ms,
            sample.pressure,
        )

    def transform(self) -> QTransform:
        return QTransform(self.scale, 0, 0, self.scale, self.left, self.top)


def page_with(page: QRectF | None, ink: Ink, margin: float) -> QRectF | None:
    """The page, made larger where ink lies outside it; `margin` is kept around such ink."""
    bounds = _bounds(ink)
    if page is None or bounds is None or _holds(page, bounds):
        return page
    return page.united(bounds.adjusted(-margin, -margin, margin, margin))


def page_for(ink: Ink, size: QSizeF, margin: float) -> QRectF | None:
    """The page for ink from elsewhere, such as the history.

    Ink that was written in a widget of this size comes back in its place; ink that would be cut
    off, or that is too small to see, is put in the middle.
    """
    bounds = _bounds(ink)
    if bounds is None or size.isEmpty():
        return None
    page = QRectF(0, 0, size.width(), size.height())
    longest = max(bounds.width(), bounds.height())
    fits = _holds(page.adjusted(margin, margin, -margin, -margin), bounds)
    if fits and (longest >= _TINY_PX or longest == 0):
        return page
    scale = 1.0
    if longest > 0:
        scale = _SHARE * min(
            size.width() / max(bounds.width(), 1e-9), size.height() / max(bounds.height(), 1e-9)
        )
    page = QRectF(0, 0, size.width() / scale, size.height() / scale)
    page.moveCenter(bounds.center())
    return page


def _holds(page: QRectF, bounds: QRectF) -> bool:
    # By corners: QRectF.contains() says no to a rectangle without width, such as a straight 1.
    return page.contains(bounds.topLeft()) and page.contains(bounds.bottomRight())


def _bounds(ink: Ink) -> QRectF | None:
    bounds = ink.bounds()
    if bounds is None:
        return None
    return QRectF(bounds.left, bounds.top, bounds.width, bounds.height)
