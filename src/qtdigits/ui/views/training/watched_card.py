"""The person's own drawings, as the network being trained reads them now."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QListView, QVBoxLayout, QWidget

from qtdigits.ui.items.history_delegate import ThumbnailPainter
from qtdigits.ui.items.watched_delegate import WatchedDelegate
from qtdigits.ui.items.watched_model import WatchedModel
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card

_MARGIN_PX: Final = 16
_TITLE: Final = "Your drawings, as this network reads them"
_EMPTY: Final = "Draw a few digits before you start, and see here how it learns to read them."


class WatchedCard(Card):
    """A row of drawings, or what will appear there."""

    def __init__(
        self,
        model: WatchedModel,
        thumbnail: ThumbnailPainter,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = WatchedDelegate(theme, thumbnail, self)
        title = QLabel(_TITLE, self)
        title.setProperty("role", "title")
        self._empty = QLabel(_EMPTY, self)
        self._empty.setProperty("role", "small")
        self._empty.setWordWrap(True)
        self._view = QListView(self)
        self._view.setObjectName("watchedView")
        self._view.setAccessibleName(_TITLE)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setFlow(QListView.Flow.LeftToRight)
        self._view.setUniformItemSizes(True)
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setItemDelegate(self._delegate)
        self._view.setModel(model)
        self._view.setFixedHeight(40 + self.fontMetrics().height() + 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, 12, _MARGIN_PX, 10)
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(self._empty)
        column.addWidget(self._view)
        model.modelReset.connect(self._refresh)
        self._refresh()

    def set_theme(self, theme: Theme) -> None:
        self._delegate.set_theme(theme)
        self._view.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._delegate.fit_into(self.contentsRect().width() - 2 * _MARGIN_PX)
        self._view.scheduleDelayedItemsLayout()

    def _refresh(self) -> None:
        has_any = self._model.rowCount() > 0
        self._empty.setVisible(not has_any)
        self._view.setVisible(has_any)
