"""The upper row of the window of pictures: how far all of it is, and where more comes from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from qtdigits.ui.views.card import set_look


class PictureHead(QWidget):
    """Shows what it is told; undo is offered while there is something to be taken back.

    Signals:
        open_requested(): the person wants to choose files
        paste_requested(): the picture on the clipboard is to be read
    """

    open_requested = Signal()
    paste_requested = Signal()

    def __init__(self, undo_stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel("Pictures", self)
        title.setProperty("role", "heading")
        self._count = QLabel(self)
        self._count.setObjectName("pictureCount")
        self._count.setProperty("role", "muted")
        self._note = QLabel(self)
        self._note.setObjectName("pictureNote")
        self._note.setTextFormat(Qt.TextFormat.PlainText)  # names of files stand in it
        self._note.setWordWrap(True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._row.addWidget(title)
        self._row.addWidget(self._count)
        self._row.addWidget(self._note, 1)
        undo = self._button("Undo", "Undo", "Take the last change back (Ctrl+Z)")
        set_look(undo, "look", "link")
        undo.clicked.connect(undo_stack.undo)
        undo_stack.canUndoChanged.connect(undo.setVisible)
        undo.setVisible(undo_stack.canUndo())
        self._button("Open", "Open…", "Choose pictures (Ctrl+O)").clicked.connect(
            self.open_requested
        )
        self._button(
            "Paste", "Paste", "Read the picture on the clipboard (Ctrl+V)"
        ).clicked.connect(self.paste_requested)

    def show_count(self, done: int, count: int) -> None:
        """Say how far the reading of all pictures is."""
        words = "1 picture" if count == 1 else f"{count:,} pictures"
        if not count:
            words = ""
        elif done < count:
            words = f"{done:,} of {words} read"
        self._count.setText(words)

    def tell(self, words: str, tone: str = "") -> None:
        """Say what was done, or why not; tone: '', 'warn' or 'bad'."""
        self._note.setText(words)
        set_look(self._note, "tone", tone)

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"picture{name}Button")
        button.setToolTip(tip)
        button.setAutoDefault(False)
        self._row.addWidget(button)
        return button
