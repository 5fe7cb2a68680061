"""A sentence across the window about something that the person should know."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from qtdigits.ui.views.card import set_look


class NoticeBar(QFrame):
    """Hidden while there is nothing to be told; the person may put it away.

    Signals:
        accepted(): the person took what was offered
        cancelled(): what goes on is to end
    """

    accepted = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self._words = QLabel(self)
        self._words.setObjectName("noticeLabel")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._close = QPushButton("Dismiss", self)
        self._close.setObjectName("noticeCloseButton")
        self._close.setToolTip("Put this message away")
        set_look(self._close, "look", "link")
        self._close.clicked.connect(self.dismiss)
        self._cancel = QPushButton("Cancel", self)
        self._cancel.setObjectName("noticeCancelButton")
        set_look(self._cancel, "look", "link")
        self._cancel.clicked.connect(self.cancelled)
        self._accept = QPushButton(self)
        self._accept.setObjectName("noticeAcceptButton")
        set_look(self._accept, "look", "link")
        self._accept.clicked.connect(self._on_accepted)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 6, 14, 6)
        row.setSpacing(14)
        row.addWidget(self._words, 1)
        row.addWidget(self._accept)
        row.addWidget(self._cancel)
        row.addWidget(self._close)
        self.hide()

    def text(self) -> str:
        """What is being told; '' when nothing is."""
        return "" if self.isHidden() else self._words.text()

    @Slot(str)
    def tell(self, words: str, tone: str = "") -> None:
        """Show sentences, in place of those before; tone: '', 'warn' or 'bad'."""
        self._words.setText(words)
        set_look(self._words, "tone", tone)
        self._accept.hide()
        self._cancel.hide()
        self._close.show()
        self.setVisible(bool(words))

    def offer(self, words: str, button: str, tip: str) -> None:
        """Offer something, unless something is being told: an offer can wait."""
        if self.isHidden():
            self.tell(words)
            self._accept.setText(button)
            self._accept.setToolTip(tip)
            self._accept.show()

    def tell_progress(self, words: str, tip: str) -> None:
        """Say how far something is that can be cancelled; tip: what is lost then."""
        self.tell(words)
        self._cancel.setToolTip(tip)
        self._cancel.show()
        self._close.hide()

    @Slot()
    def _on_accepted(self) -> None:
        self.dismiss()
        self.accepted.emit()

    @Slot()
    def dismiss(self) -> None:
        """Tell nothing any more."""
        self.tell("")
