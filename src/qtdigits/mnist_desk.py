"""Joins the training dialog with the download of MNIST, and remembers where MNIST lies."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from qtdigits.core.mnist_file import FetchProgress, FetchState, fetched_so_far
from qtdigits.core.paths import mnist_file
from qtdigits.ui.dialogs.training_dialog import TrainingDialog
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.workers.mnist_download import MnistDownload


class MnistDesk(QObject):
    """Owns the download, which goes on when the dialog is closed.

    Signals:
        state_changed(FetchState): fetching has come further, begun or ended
        fetched(Path): MNIST lies here now
    """

    state_changed = Signal(object)
    fetched = Signal(object)

    def __init__(self, settings: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._state = FetchState()
        self._download = MnistDownload(self)
        self._download.progressed.connect(self._on_progressed)
        self._download.finished.connect(self._on_finished)
        self._download.failed.connect(self._on_failed)
        self._download.cancelled.connect(self._on_cancelled)

    def attach(self, dialog: TrainingDialog) -> None:
        """Show a new dialog what there is, and do what it asks for."""
        dialog.mnist_fetch_requested.connect(self._on_fetch_requested)
        dialog.mnist_cancel_requested.connect(self._download.cancel)
        dialog.mnist_chosen.connect(self._on_chosen)
        self.state_changed.connect(dialog.show_mnist_fetching)
        self.fetched.connect(dialog.choose_mnist)
        if not self._download.is_running:
            self._state = replace(self._state, done=fetched_so_far(mnist_file()))
        dialog.show_mnist_fetching(self._state)
        file = self._known_file()
        if file is not None and not self._download.is_running:
            dialog.choose_mnist(file)

    @property
    def process_id(self) -> int:
        """The id of the process that fetches, 0 when none does."""
        return self._download.process_id

    def shutdown(self) -> None:
        """Stop fetching; no child process is left when this returns."""
        self._download.shutdown()

    def _known_file(self) -> Path | None:
        """The file that the person chose or, where that is gone, the one that was fetched."""
        chosen = self._settings.mnist_file()
        if chosen and os.path.exists(chosen):
            return Path(chosen)
        if mnist_file().exists():
            return mnist_file()
        return Path(chosen) if chosen else None

    @Slot()
    def _on_fetch_requested(self) -> None:
        if not self._download.is_running:
            self._set_state(FetchState(fetched_so_far(mnist_file()), is_running=True))
            self._download.start()

    @Slot(object)
    def _on_chosen(self, path: Path) -> None:
        self._settings.set_mnist_file(str(path))

    @Slot(object)
    def _on_progressed(self, progress: FetchProgress) -> None:
        self._set_state(FetchState(progress.done, progress.size, is_running=True))

    @Slot(object)
    def _on_finished(self, path: Path) -> None:
        self._settings.set_mnist_file(str(path))
        self._set_state(FetchState())
        self.fetched.emit(path)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._set_state(FetchState(fetched_so_far(mnist_file()), problem=sentence))

    @Slot()
    def _on_cancelled(self) -> None:
        self._set_state(FetchState(fetched_so_far(mnist_file())))

    def _set_state(self, state: FetchState) -> None:
        self._state = state
        self.state_changed.emit(state)
