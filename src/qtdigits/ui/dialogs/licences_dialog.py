"""The licences of everything in the program: a long text to scroll and to search."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFontDatabase, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qtdigits.ui.views.card import Card, set_look
from qtdigits.ui.views.text_scale import first_size

_FIRST: Final = QSize(780, 600)
_SMALLEST: Final = QSize(520, 320)
_SLICE: Final = 1 << 15
"""So many characters are put in at once, which takes some milliseconds, of about two million."""
_READING: Final = "Reading the licences…"
_NOT_FOUND: Final = "Not found"
_FROM_START: Final = "From the beginning again"
_FROM_END: Final = "From the end again"


class LicencesDialog(QDialog):
    """Shows the text that it is given; the search goes round at the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("licencesDialog")
        self.setWindowTitle("Licences")
        self._rest = ""
        self._filling = QTimer(self)
        self._filling.setInterval(0)
        self._filling.timeout.connect(self._fill)
        self._view = self._make_view()
        self._search = self._make_search()
        self._note = QLabel(_READING, self)
        self._note.setObjectName("licencesNote")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setProperty("role", "muted")
        self._previous = self._button("licencesPreviousButton", "Previous", "Shift+F3")
        self._next = self._button("licencesNextButton", "Next", "F3")
        self._previous.clicked.connect(self._on_previous)
        self._next.clicked.connect(self._on_next)
        for key, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._on_find),
            (QKeySequence("F3"), self._on_next),
            (QKeySequence("Shift+F3"), self._on_previous),
        ):
            QShortcut(key, self, act)
        self._lay_out()
        self._set_searchable(False)
        self.setMinimumSize(_SMALLEST)
        self.resize(first_size(_FIRST, self))
        self._view.setFocus()

    @Slot(str)
    def show_text(self, text: str) -> None:
        """Show this text instead of what was there. It is put in bit by bit, beside other work."""
        self._view.clear()
        self._rest = text
        self._filling.start()

    @Slot(str)
    def show_failed(self, sentence: str) -> None:
        """Say why there is no text."""
        self._say(sentence, "bad")

    def _make_view(self) -> QPlainTextEdit:
        view = QPlainTextEdit(self)
        view.setObjectName("licencesText")
        view.setAccessibleName("Licences")
        view.setReadOnly(True)
        view.setUndoRedoEnabled(False)
        view.setTabChangesFocus(True)
        # With the keyboard flag one sees the cursor, and scrolls and selects without a mouse.
        view.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 0.95)
        view.setFont(font)
        return view

    def _make_search(self) -> QLineEdit:
        search = QLineEdit(self)
        search.setObjectName("licencesSearch")
        search.setAccessibleName("Search the licences")
        search.setPlaceholderText("Search")
        search.setToolTip("Find a word in the licences (Enter: the next place)")
        set_look(search, "look", "search")
        search.textChanged.connect(self._on_search_changed)
        search.returnPressed.connect(self._on_next)
        return search

    def _button(self, name: str, text: str, key: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)  # Enter belongs to the search
        button.setToolTip(f"Go to the {text.lower()} place where it stands ({key})")
        return button

    def _lay_out(self) -> None:
        title = QLabel("Licences", self)
        title.setProperty("role", "heading")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._search)
        head.addWidget(self._previous)
        head.addWidget(self._next)
        self._search.setMinimumWidth(160)
        self._note.setWordWrap(True)
        card = Card(self)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(10, 8, 6, 8)
        inside.addWidget(self._view)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        foot.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(card, 1)
        column.addLayout(foot)

    @Slot()
    def _fill(self) -> None:
        """Put in the next bit; what the person reads and has selected stays as it is."""
        cursor = QTextCursor(self._view.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(self._rest[:_SLICE])
        self._rest = self._rest[_SLICE:]
        if not self._rest:
            self._filling.stop()
            self._say("")
            self._set_searchable(True)

    def _set_searchable(self, is_searchable: bool) -> None:
        self._search.setEnabled(is_searchable)
        self._set_steps(is_searchable and bool(self._search.text()))

    def _set_steps(self, are_possible: bool) -> None:
        self._previous.setEnabled(are_possible)
        self._next.setEnabled(are_possible)

    @Slot()
    def _on_find(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    @Slot(str)
    def _on_search_changed(self, wanted: str) -> None:
        """Look from the beginning of what is found now, so that it stays while it still fits."""
        cursor = self._view.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self._view.setTextCursor(cursor)
        self._set_steps(bool(wanted))
        if wanted:
            self._find(is_forward=True)
        else:
            self._say("")

    @Slot()
    def _on_next(self) -> None:
        self._find(is_forward=True)

    @Slot()
    def _on_previous(self) -> None:
        self._find(is_forward=False)

    def _find(self, is_forward: bool) -> None:
        wanted = self._search.text()
        if not wanted:
            return
        flags = QTextDocument.FindFlag(0) if is_forward else QTextDocument.FindFlag.FindBackward
        document = self._view.document()
        note = ""
        found = document.find(wanted, self._view.textCursor(), flags)
        if found.isNull():
            end = QTextCursor(document)
            ends = QTextCursor.MoveOperation
            end.movePosition(ends.Start if is_forward else ends.End)
            found = document.find(wanted, end, flags)
            note = _FROM_START if is_forward else _FROM_END
        if found.isNull():
            self._say(_NOT_FOUND, "warn")
            return
        self._view.setTextCursor(found)
        self._say(note)

    def _say(self, text: str, tone: str = "") -> None:
        self._note.setText(text)
        set_look(self._note, "tone", tone)
