"""The huge digit or number that was read."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from qtdigits.ui.theme_colors import Theme

_LARGEST_PX: Final = 150
_WIDTH_PER_HEIGHT: Final = 0.74
_SMALLEST_PX: Final = 13
_LINE_PER_SIZE: Final = 1.02
"""Height of the label for each line of text, by the font's size."""


class AnswerTone(StrEnum):
    """How the number is coloured, and what stands in its place when there is none."""

    NOTHING = "nothing"
    SURE = "sure"
    UNSURE = "unsure"
    NO_DIGIT = "no digit"


class AnswerLabel(QLabel):
    """Shows its text() as large as it fits; its own size does not depend on the text.

    How large depends on the count of characters only: no digit makes the others jump.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answerLabel")
        self.setAccessibleName("What was read")
        self._theme = theme
        self._tone = AnswerTone.NOTHING
        self._stale = False

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_answer(self, text: str, tone: AnswerTone) -> None:
        """Show what was read, '' for nothing."""
        if (text, tone) == (self.text(), self._tone):
            return
        self._tone = tone
        self.setText(text)
        self.update()

    def set_stale(self, stale: bool) -> None:
        """Dim the number while the next one is computed."""
        if stale != self._stale:
            self._stale = stale
            self.update()

    def color(self) -> QColor:
        """The colour of the number as it is shown now."""
        strong = QColor(
            self._theme.warn_large if self._tone is AnswerTone.UNSURE else self._theme.accent
        )
        return _mixed(strong, QColor(self._theme.card), 0.45) if self._stale else strong

    def text_size_px(self) -> int:
        """How large the font is for the text as it is now."""
        lines = self.text().split("\n")
        size = min(self.height() * _LINE_PER_SIZE / len(lines), _LARGEST_PX)
        longest = max(len(line) for line in lines)
        if longest > 1:
            size = min(size, self.width() / (longest * self._advance_per_size()))
        return max(int(size), _SMALLEST_PX)

    def _advance_per_size(self) -> float:
        """The width of any digit, as a share of the font's size."""
        return QFontMetricsF(self._sized(100)).horizontalAdvance("0") / 100

    def _sized(self, size_px: int) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size_px)
        font.setWeight(QFont.Weight.Bold)
        # Figures of one width, in fonts that have others as well.
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def sizeHint(self) -> QSize:
        return QSize(round(112 * _WIDTH_PER_HEIGHT), 112)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(80 * _WIDTH_PER_HEIGHT), 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.text():
                self._paint_text(painter, self.text(), self.color())
            elif self._tone is AnswerTone.NO_DIGIT:
                self._paint_text(painter, "?", QColor(self._theme.faint))
            else:
                self._paint_place(painter)

    def _paint_text(self, painter: QPainter, text: str, color: QColor) -> None:
        size = self.text_size_px()
        font = self._sized(size)
        # One baseline for all digits, so that they never jump: that of a centred 0.
        metrics = QFontMetricsF(font)
        zero = metrics.tightBoundingRect("0")
        painter.setFont(font)
        painter.setPen(color)
        lines = text.split("\n")
        step = size * _LINE_PER_SIZE
        top = (self.height() - step * (len(lines) - 1) - zero.height()) / 2
        for number, line in enumerate(lines):
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, self.width())
            left = (self.width() - metrics.horizontalAdvance(shown)) / 2
            painter.drawText(QPointF(left, top + number * step - zero.top()), shown)

    def _paint_place(self, painter: QPainter) -> None:
        """A dashed place where the digit will be."""
        height = min(self.height() * 0.72, _LARGEST_PX * 0.72)
        place = QRectF(0, 0, min(height * 0.74, self.width() - 4.0), height)
        place.moveCenter(QRectF(self.rect()).center())
        pen = QPen(QColor(self._theme.slight), 2.0, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3.0, 3.4])
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawRoundedRect(place, 12, 12)


def _mixed(color: QColor, ground: QColor, share: float) -> QColor:
    """`color` over `ground` at the given share of opacity."""
    return QColor.fromRgbF(
        color.redF() * share + ground.redF() * (1 - share),
        color.greenF() * share + ground.greenF() * (1 - share),
        color.blueF() * share + ground.blueF() * (1 - share),
    )
