"""Tells that something went wrong: once, calmly, and with the log to copy."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMessageBox, QWidget

from qtdigits.core.program_log import Trouble
from qtdigits.ui.plain_text import make_plain


class TroubleDialog(QMessageBox):
    """One for all troubles that come while it is open; it stops nothing.

    Signals:
        log_requested(): the person wants the log on the clipboard
    """

    log_requested = Signal()

    def __init__(self, trouble: Trouble, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("troubleDialog")
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("Something went wrong")
        self.setText("Something in qtdigits went wrong.")
        self._details = [trouble.details]
        self._show_count()
        make_plain(self)
        self.setDetailedText(trouble.details)
        self._copy = self.addButton("Copy the log", QMessageBox.ButtonRole.ActionRole)
        self._copy.setObjectName("troubleCopyButton")
        self._copy.setToolTip("Put what happened on the clipboard, to be sent to who can mend it")
        # A message box closes at each of its buttons; this one is to stay open.
        self._copy.clicked.disconnect()
        self._copy.clicked.connect(self._on_copy)
        close = self.addButton("Go on", QMessageBox.ButtonRole.AcceptRole)
        close.setObjectName("troubleCloseButton")
        self.setDefaultButton(close)
        self.setEscapeButton(close)

    def showEvent(self, event: QShowEvent) -> None:
        # The style sheet's least width of a button is no width for its words.
        for button in self.buttons():
            button.ensurePolished()
            button.setMinimumWidth(button.sizeHint().width())
        super().showEvent(event)

    def add(self, trouble: Trouble) -> None:
        """Something else went wrong meanwhile."""
        self._details.append(trouble.details)
        self._show_count()
        self.setDetailedText("\n".join(self._details))

    def _show_count(self) -> None:
        count = len(self._details)
        more = "" if count == 1 else f" It went wrong in {count} places."
        self.setInformativeText(
            f"Your drawing is kept, and you can go on.{more} "
            "If it happens again, close qtdigits and start it anew."
        )

    def _on_copy(self) -> None:
        self.log_requested.emit()
        self._copy.setText("Copied")
