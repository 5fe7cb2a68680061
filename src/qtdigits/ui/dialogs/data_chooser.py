"""Lets a person choose the files and folders to learn from."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from qtdigits.core.mnist_file import MNIST
from qtdigits.ui.dialogs.question import Answer, Question

_MNIST_FILES: Final = "MNIST (*.npz *.gz *ubyte *.idx);;All files (*)"
_FETCH: Final = Answer("mnistFetchAnswer", f"Fetch it ({MNIST.size / 1e6:.1f} MB)")
_CHOOSE: Final = Answer("mnistChooseAnswer", "Choose the file I have…")
_NOT_NOW: Final = Answer("mnistNotNow", "Not now")
_DATA_FILES: Final = "Digits (*.npz *.gz *-ubyte *.idx *.jsonl);;All files (*)"


class DataChooser(QObject):
    """Opens the system's file dialogs beside the window; nothing waits for them.

    Signals:
        mnist_fetch_chosen(): MNIST is to be fetched
        mnist_chosen(Path): MNIST lies here
        data_chosen(Path): learn from this file or folder
    """

    mnist_fetch_chosen = Signal()
    mnist_chosen = Signal(object)
    data_chosen = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    @Slot()
    def ask_for_mnist(self) -> None:
        """Ask where MNIST is to come from."""
        question = Question(
            "MNIST",
            "MNIST is not on this computer yet.",
            f"It can be fetched once, {MNIST.size / 1e6:.1f} MB from {MNIST.host}. qtdigits uses "
            "the network for nothing else.",
            (_FETCH, _CHOOSE),
            _NOT_NOW,
            self._window,
        )
        question.setObjectName("mnistQuestion")
        question.answered.connect(self._on_answered)
        question.open()

    @Slot()
    def choose_mnist(self) -> None:
        dialog = self._dialog("Choose MNIST", QFileDialog.FileMode.ExistingFile)
        dialog.setObjectName("mnistFileDialog")
        dialog.setNameFilter(_MNIST_FILES)
        dialog.fileSelected.connect(self._on_mnist)
        dialog.open()

    @Slot()
    def choose_file(self) -> None:
        dialog = self._dialog("Choose a data file", QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_DATA_FILES)
        dialog.fileSelected.connect(self._on_data)
        dialog.open()

    @Slot()
    def choose_folder(self) -> None:
        title = "Choose a folder of pictures by label"
        dialog = self._dialog(title, QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._on_data)
        dialog.open()

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        return dialog

    def _on_answered(self, answer: str) -> None:
        if answer == _FETCH.name:
            self.mnist_fetch_chosen.emit()
        elif answer == _CHOOSE.name:
            self.choose_mnist()

    def _on_mnist(self, path: str) -> None:
        self.mnist_chosen.emit(Path(path))

    def _on_data(self, path: str) -> None:
        self.data_chosen.emit(Path(path))
