"""The row of MNIST, which can be fetched and can be a file that the person has."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from qtdigits.core.mnist_file import MNIST, FetchState
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import set_look
from qtdigits.ui.views.training.data_row import DataRow

_STEPS: Final = 1000
_SIZE: Final = f"{MNIST.size / 1e6:.1f} MB"
_ABSENT: Final = f"fetched once from {MNIST.host}"
_LINK_PX: Final = 6
"""What the style sheet leaves free around the words of a link."""


class MnistRow(DataRow):
    """A data row with a line below it for as long as there is nothing to tick.

    Signals:
        fetch_wanted(): fetch it, or go on fetching it
        cancel_wanted(): stop fetching
        choice_wanted(): the person has the file, and wants to say where
    """

    fetch_wanted = Signal()
    cancel_wanted = Signal()
    choice_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("MNIST", theme, parent)
        self.setObjectName("mnistRow")
        self._fetching = FetchState()
        self._bar = QProgressBar(self)
        self._bar.setObjectName("mnistBar")
        self._bar.setAccessibleName("MNIST: how much has been fetched")
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._fetch = self._link("mnistFetchButton", f"Download {_SIZE} from {MNIST.host}, once")
        self._choose = self._link("mnistFileButton", "mnist.npz, or IDX files as MNIST comes in")
        self._choose.setText("Choose my file…")
        self._cancel = self._link("mnistCancelButton", "Stop fetching; what has come is kept")
        self._cancel.setText("Cancel")
        self._fetch.clicked.connect(self.fetch_wanted)
        self._choose.clicked.connect(self.choice_wanted)
        self._cancel.clicked.connect(self.cancel_wanted)
        indent = self.text_indent()
        progress = QHBoxLayout()
        progress.setContentsMargins(indent, 0, 0, 0)
        progress.setSpacing(4)
        progress.addWidget(self._bar, 1)
        progress.addWidget(self._cancel)
        links = QHBoxLayout()
        links.setContentsMargins(indent - _LINK_PX, 0, 0, 0)  # words stand below words
        links.setSpacing(_LINK_PX)
        links.addWidget(self._fetch)
        links.addWidget(self._choose)
        links.addStretch(1)
        self._below = QWidget(self)
        column = QVBoxLayout(self._below)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(4)
        column.addLayout(progress)
        column.addLayout(links)
        self.add_below(self._below)
        self.show_fetching(FetchState())

    def show_fetching(self, state: FetchState) -> None:
        """How far fetching is; once it goes on, a file that could not be used is forgotten."""
        starts = state.is_running and not self._fetching.is_running
        self._fetching = state
        if starts:
            self.forget()
        self._refresh()

    def is_fetching(self) -> bool:
        return self._fetching.is_running

    def set_editable(self, editable: bool) -> None:
        """What cannot be changed can still be cancelled: fetching goes on beside a training."""
        super().set_editable(editable)
        self._fetch.setEnabled(editable)
        self._choose.setEnabled(editable)

    def show_checking(self, argument: str) -> None:
        super().show_checking(argument)
        self._refresh()

    def show_usable(self, count: int, note: str) -> None:
        super().show_usable(count, note)
        self._refresh()

    def show_unusable(self, problem: str) -> None:
        super().show_unusable(problem)
        self._refresh()

    def _refresh(self) -> None:
        state = self._fetching
        had_focus = any(link.hasFocus() for link in (self._fetch, self._choose, self._cancel))
        self._below.setVisible(state.is_running or self.needs_file())
        self._bar.setVisible(state.is_running or state.done > 0)
        self._bar.setValue(_STEPS * state.done // max(state.size, 1))
        self._cancel.setVisible(state.is_running)
        self._fetch.setVisible(not state.is_running)
        self._choose.setVisible(not state.is_running)
        self._fetch.setText(_offer(state))
        if self.is_absent():
            self.show_note(state.problem or _note(state), "bad" if state.problem else "")
        if had_focus:  # which would leave the row with the link that is hidden
            self._focused_next().setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused_next(self) -> QWidget:
        if self._fetching.is_running:
            return self._cancel
        return self._fetch if self.needs_file() else self._box

    def _link(self, name: str, tip: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        set_look(button, "look", "link")
        return button


def _offer(state: FetchState) -> str:
    if state.done:
        return "Go on fetching"
    return "Try again" if state.problem else f"Fetch ({_SIZE})"


def _note(state: FetchState) -> str:
    done = f"{state.done / 1e6:.1f} of {state.size / 1e6:.1f} MB"
    if state.is_running:
        return f"Fetching it: {done}" if state.done else f"Asking {MNIST.host}…"
    return f"{done} are here." if state.done else _ABSENT
