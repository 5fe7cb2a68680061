"""The window of pictures: a list of them, the one looked at with its boxes, and its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QImage, QKeySequence, QResizeEvent, QUndoStack
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qtdigits.core.picture_sheet import OpenPicture, PictureState
from qtdigits.ui.items.picture_model import PictureModel
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card
from qtdigits.ui.views.picture.box_bar import BoxBar
from qtdigits.ui.views.picture.numbers_bar import NumbersBar
from qtdigits.ui.views.picture.picture_head import PictureHead
from qtdigits.ui.views.picture.picture_list import PictureList
from qtdigits.ui.views.picture.picture_view import PictureView
from qtdigits.ui.views.picture.zoom_bar import ZoomBar

_FIRST: Final = QSize(1060, 720)
_SMALLEST: Final = QSize(620, 430)
_LIST_SHARE: Final = 0.27
_LIST_LEAST_PX: Final = 164
_LIST_MOST_PX: Final = 360
_STATE_MARGIN_PX: Final = 28
_OPENING_MS: Final = 300
"""Most pictures are there before this; words that come and go at once would only flicker."""
_EMPTY: Final = (
    "Open pictures of handwritten digits, paste one, or drop them here.\n"
    "Photographs, scans and screenshots will do."
)
_HINT: Final = (
    "Choose a box and press the right digit. Drag to add a box, double-click to split one."
)


class PictureDialog(QDialog):
    """Shows what it is given, and asks for changes; whoever listens makes them.

    Signals:
        open_requested(): the person wants to choose files
        paste_requested(): the picture on the clipboard is to be read
        close_requested(tuple[int, ...]): these pictures are to go from the list
        picture_chosen(int | None): this picture is to be shown
        copy_requested(tuple[int, ...]): the numbers of these pictures are to go to the clipboard
        table_requested(): the numbers of all pictures are to be saved as a table
    """

    open_requested = Signal()
    paste_requested = Signal()
    close_requested = Signal(object)
    picture_chosen = Signal(object)
    copy_requested = Signal(object)
    table_requested = Signal()

    def __init__(
        self,
        model: PictureModel,
        undo_stack: QUndoStack,
        themes: ThemeKeeper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pictureDialog")
        self.setWindowTitle("Pictures")
        theme = themes.theme
        self._model = model
        self._picture: OpenPicture | None = None
        self.list = PictureList(model, theme, self)
        self.view = PictureView(theme, self)
        self.bar = BoxBar(self)
        self._head = PictureHead(undo_stack, self)
        self._state = QLabel(_EMPTY, self)
        self._state.setObjectName("pictureState")
        self._state.setProperty("role", "muted")
        self._state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._state.setWordWrap(True)
        self._state.setMargin(_STATE_MARGIN_PX)
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._chosen = QLabel(_HINT, self)
        self._chosen.setObjectName("boxLabel")
        self._chosen.setProperty("role", "small")
        self._chosen.setWordWrap(True)
        self._numbers = NumbersBar(self)
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(_OPENING_MS)
        self._opening.timeout.connect(self._refresh_stack)
        self._arrange()
        self._connect(themes, undo_stack)
        self.tell("")
        self.show_picture(None)
        # A large font needs more room than the smallest window has.
        self.setMinimumSize(_SMALLEST.expandedTo(self.minimumSizeHint()))
        self.resize(_FIRST)

    def show_image(self, image: QImage) -> None:
        """Show the picture itself; a null image while there is none."""
        self.view.set_image(image)
        if image.isNull():
            self._opening.start()
        else:
            self._opening.stop()
        self._refresh_stack()

    def show_picture(
        self, picture: OpenPicture | None, selected: Iterable[int] | None = None
    ) -> None:
        """Show what is known of the picture that is looked at; `selected` are boxes to choose."""
        self._picture = picture
        self.view.show_picture(picture, selected)
        if selected is not None:
            self.view.select(selected)
        is_read = picture is not None and picture.state is PictureState.READ
        text = picture.text if picture is not None else ""
        self._numbers.show_text(text, "No digits found" if is_read else "No numbers yet")
        self._refresh_stack()
        self._on_selection_changed()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say how far the reading of all is."""
        pictures = self._model.pictures()
        done = sum(p.state in (PictureState.READ, PictureState.FAILED) for p in pictures)
        self._head.show_count(done, len(pictures))
        self._list_card.setVisible(bool(pictures))
        self._refresh_stack()
        self._numbers.offer(
            one=self._picture is not None and bool(self._picture.text),
            several=any(picture.text for picture in pictures),
            table=done > 0,
        )

    def tell(self, words: str, tone: str = "") -> None:
        """Say what was done, or why not; tone: '', 'warn' or 'bad'."""
        self._head.tell(words, tone)

    def _arrange(self) -> None:
        self._list_card = Card(self)
        inside = QVBoxLayout(self._list_card)
        inside.setContentsMargins(6, 6, 4, 6)
        inside.addWidget(self.list)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self._list_card)
        middle.addWidget(self._make_page(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self._head)
        column.addLayout(middle, 1)
        column.addWidget(self.bar)

    def _make_page(self) -> Card:
        """The card with the picture, its scale and its numbers."""
        card = Card(self)
        self._stack = QStackedWidget(card)
        self._stack.addWidget(self._state)
        self._stack.addWidget(self.view)
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self._chosen, 1)
        below.addWidget(ZoomBar(self.view, card))
        line = Card(card)
        line.setObjectName("line")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(10, 8, 10, 10)
        inside.setSpacing(6)
        inside.addWidget(self._stack, 1)
        inside.addLayout(below)
        inside.addWidget(line)
        inside.addWidget(self._numbers)
        return card

    def _connect(self, themes: ThemeKeeper, undo_stack: QUndoStack) -> None:
        view, bar = self.view, self.bar
        self.list.current_changed.connect(self.picture_chosen)
        self.list.close_requested.connect(self.close_requested)
        view.selection_changed.connect(self._on_selection_changed)
        view.picture_step_requested.connect(self.list.step)
        bar.labelled.connect(self._on_labelled)
        bar.removed.connect(self._on_removed)
        bar.joined.connect(view.ask_to_join)
        bar.split.connect(view.ask_to_split)
        bar.added.connect(view.add_box)
        self._head.open_requested.connect(self.open_requested)
        self._head.paste_requested.connect(self.paste_requested)
        self._numbers.copy_requested.connect(self._on_copy_button)
        self._numbers.all_requested.connect(self._on_copy_all)
        self._numbers.table_requested.connect(self.table_requested)
        keys = QKeySequence.StandardKey
        for key, act in (
            (keys.Undo, undo_stack.undo),
            (keys.Redo, undo_stack.redo),
            (keys.Open, self.open_requested.emit),
            (keys.Paste, self.paste_requested.emit),
            (keys.Copy, self._on_copy),
        ):
            action = QAction(self)
            action.setShortcuts(QKeySequence.keyBindings(key))
            action.triggered.connect(act)
            self.addAction(action)
        for signal in (self._model.rowsInserted, self._model.rowsRemoved, self._model.dataChanged):
            signal.connect(self.refresh)
        themes.changed.connect(self._on_theme_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = min(max(round(self.width() * _LIST_SHARE), _LIST_LEAST_PX), _LIST_MOST_PX)
        self._list_card.setFixedWidth(width)
        self._numbers.set_room(self.height())
        super().resizeEvent(event)

    @Slot()
    def _refresh_stack(self) -> None:
        """The picture where there is one, a sentence in its place otherwise."""
        picture = self._picture
        if picture is None:
            words = _EMPTY if not self._model.pictures() else "Choose a picture."
        elif picture.problem:
            words = picture.problem
        else:
            words = "" if self._opening.isActive() else "Opening…"
        self._state.setText(words)
        shown = picture is not None and not self.view.page.isEmpty()
        self._stack.setCurrentWidget(self.view if shown else self._state)

    @Slot()
    def _on_selection_changed(self) -> None:
        picture = self._picture
        can_add = (
            picture is not None
            and picture.state is PictureState.READ
            and not self.view.page.isEmpty()
        )
        self.bar.show_selection(len(self.view.selected()), bool(self.view.joinable()), can_add)
        words = self.view.selection_words()
        if not words and picture is not None and picture.state is not PictureState.READ:
            words = picture.words if picture.state is not PictureState.FAILED else ""
        elif not words and picture is not None and can_add:
            words = _HINT if picture.boxes.boxes else f"{picture.words}. Draw a box around a digit."
        self._chosen.setText(words)

    @Slot(int)
    def _on_labelled(self, digit: int) -> None:
        self.view.label_requested.emit(self.view.selected(), digit)

    @Slot()
    def _on_removed(self) -> None:
        self.view.remove_requested.emit(self.view.selected())

    @Slot()
    def _on_copy(self) -> None:
        """The part of the numbers that is marked, the pictures selected, or the one looked at."""
        if self._numbers.has_keys and self._numbers.marked():
            self._on_copy_button()
        else:
            self._copy_pictures()

    @Slot()
    def _on_copy_button(self) -> None:
        """What is marked in the numbers beside the button, or all of the picture's."""
        marked = self._numbers.marked()
        if marked:
            QGuiApplication.clipboard().setText(marked)
            self.tell(f"Copied: {' · '.join(marked.splitlines())}")
        else:
            self._copy_pictures()

    def _copy_pictures(self) -> None:
        """The numbers of the pictures selected, or of the one looked at."""
        selected = self.list.selected()
        if not selected and self._picture is not None:
            selected = (self._picture,)
        self.copy_requested.emit(_numbers(selected))

    @Slot()
    def _on_copy_all(self) -> None:
        self.copy_requested.emit(_numbers(self._model.pictures()))

    def _on_theme_changed(self, theme: Theme) -> None:
        self.list.set_theme(theme)
        self.view.set_theme(theme)


def _numbers(pictures: Sequence[OpenPicture]) -> tuple[int, ...]:
    return tuple(picture.id for picture in pictures)
