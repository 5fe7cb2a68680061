"""Painting one probability: the digit, its bar and the percentage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from qtdigits.ui.items.probability_model import ProbabilityRole
from qtdigits.ui.theme_colors import Theme

_GAP_PX: Final = 10
_BAR_HEIGHT_PX: Final = 8
_STUB_PX: Final = 3.0
"""The length of a bar that stands for nearly nothing: it still shows that there is one."""

_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter


class _Figures(NamedTuple):
    """Fonts with figures of equal width, and how wide the columns of figures are in them."""

    base: QFont
    regular: QFont
    bold: QFont
    digit_width: int
    percentage_width: int

    @classmethod
    def of(cls, font: QFont) -> _Figures:
        bold = _tabular(font, bold=True)
        metrics = QFontMetrics(bold)
        return cls(
            QFont(font),
            _tabular(font, bold=False),
            bold,
            metrics.horizontalAdvance("0"),
            metrics.horizontalAdvance("99.9\u202f%"),
        )


class ProbabilityDelegate(QStyledItemDelegate):
    """Owns the bars' lengths as shown, which may still be on the way to the model's values."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._height = 180
        self._shares: Sequence[float] = (0.0,) * 10
        self._figures: _Figures | None = None

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def set_shares(self, shares: Sequence[float]) -> None:
        """The ten lengths to paint, each in 0..1 of the track."""
        self._shares = shares

    def set_height(self, height_px: int) -> None:
        """The height that the ten rows share, to the last pixel."""
        self._height = height_px

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        top, bottom = self.span(index.row())
        return QSize(120, bottom - top)

    def span(self, row: int) -> tuple[int, int]:
        """Where a row begins and where it ends, pixels from the top."""
        return self._height * row // 10, self._height * (row + 1) // 10

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        leading = bool(index.data(ProbabilityRole.LEADING))
        figures = self._figures_for(option.font)
        rect = QRectF(option.rect)
        left = rect.left() + figures.digit_width + _GAP_PX
        right = rect.right() - figures.percentage_width - _GAP_PX
        top = rect.center().y() - _BAR_HEIGHT_PX / 2
        self._paint_bar(
            painter,
            QRectF(left, top, max(right - left, 0.0), _BAR_HEIGHT_PX),
            self._shares[index.row()],
            leading,
        )
        painter.setPen(QColor(self._theme.text if leading else self._theme.muted))
        painter.setFont(figures.bold)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | _MIDDLE, str(index.row()))
        painter.setFont(figures.bold if leading else figures.regular)
        percentage = str(index.data(ProbabilityRole.PERCENTAGE)) or "–"
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | _MIDDLE, percentage)

    def _figures_for(self, font: QFont) -> _Figures:
        """The fonts made from the view's: made once, for ten rows are painted for every frame."""
        if self._figures is None or self._figures.base != font:
            self._figures = _Figures.of(font)
        return self._figures

    def _paint_bar(self, painter: QPainter, track: QRectF, share: float, leading: bool) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = track.height() / 2
        painter.setBrush(QColor(self._theme.track))
        painter.drawRoundedRect(track, radius, radius)
        bar = QRectF(track)
        bar.setWidth(max(share * track.width(), min(_STUB_PX, track.width())))
        painter.setBrush(QColor(self._theme.accent if leading else self._theme.slight))
        painter.drawRoundedRect(bar, min(radius, bar.width() / 2), radius)
        painter.restore()


def _tabular(font: QFont, *, bold: bool) -> QFont:
    """The font with figures of equal width, so that percentages stand under each other."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    result.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return result
