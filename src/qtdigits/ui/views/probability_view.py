"""Ten bars, the digits 0 to 9, whose lengths slide to their new values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QVariantAnimation,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QWidget

from qtdigits.ui.items.probability_delegate import ProbabilityDelegate
from qtdigits.ui.items.probability_model import ProbabilityModel
from qtdigits.ui.theme_colors import Theme

_DURATION_MS: Final = 150
_ROWS: Final = 10
_SEEN_PX: Final = 0.25
"""A bar that grows by less than this looks as before."""

Index = QModelIndex | QPersistentModelIndex


class ProbabilityView(QListView):
    """Shows a ProbabilityModel; the rows share the height there is."""

    def __init__(
        self, model: ProbabilityModel, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("probabilityView")
        self.setAccessibleName("Probability of each digit")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._values = model
        self._delegate = ProbabilityDelegate(theme, self)
        self._reduce_motion = False
        self._from = self._to = self._shown = model.shares
        self._painted = [0.0] * _ROWS
        self._words: list[tuple[str, bool]] = [("", False)] * _ROWS
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(_DURATION_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._on_animation_moved)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._take_values()

    def set_theme(self, theme: Theme) -> None:
        self._delegate.set_theme(theme)
        self.viewport().update()

    def set_reduce_motion(self, reduce_motion: bool) -> None:
        """Whether bars jump instead of sliding."""
        self._reduce_motion = reduce_motion

    def shares(self) -> list[float]:
        """The ten lengths as they are shown now, each in 0..1."""
        return list(self._shown)

    def sizeHint(self) -> QSize:
        return QSize(280, _ROWS * (self.fontMetrics().height() + 2))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, _ROWS * self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._delegate.set_height(self.viewport().height())
        self.scheduleDelayedItemsLayout()
        super().resizeEvent(event)

    def dataChanged(  # noqa: N802 - Qt names it
        self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()
    ) -> None:
        """Repaint the rows that read otherwise now, and let the bars slide.

        QListView would lay out all rows anew and repaint them; their sizes never change, and an
        answer that follows the pen changes few of them.
        """
        for row in range(top_left.row(), bottom_right.row() + 1):
            words = (self._values.percentage(row), row == self._values.leading)
            if words != self._words[row]:
                self._words[row] = words
                index = self._values.index(row)
                QAbstractItemView.dataChanged(self, index, index, roles)
        self._take_values()

    def _take_values(self) -> None:
        self._from, self._to = self._shown, self._values.shares
        self._animation.stop()
        if self._moves():
            self._animation.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)
        else:
            self._show(1.0)

    def _moves(self) -> bool:
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        system_moves = self.style().styleHint(hint, None, self) > 0
        return self.isVisible() and system_moves and not self._reduce_motion

    def _on_animation_moved(self, progress: float) -> None:
        self._show(progress)

    def _show(self, progress: float) -> None:
        self._shown = tuple(
            start + (end - start) * progress
            for start, end in zip(self._from, self._to, strict=True)
        )
        self._delegate.set_shares(self._shown)
        width = self.viewport().width()
        for row, share in enumerate(self._shown):
            if abs(share - self._painted[row]) * width >= _SEEN_PX:
                self._painted[row] = share
                top, bottom = self._delegate.span(row)
                self.viewport().update(0, top, width, bottom - top)
