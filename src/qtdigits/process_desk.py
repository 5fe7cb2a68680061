"""Joins the window with what is around its process: signals, sessions, later starts, troubles."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QSessionManager

from qtdigits.core.program_log import Trouble
from qtdigits.ui.crash import CrashWatch
from qtdigits.ui.dialogs.trouble_dialog import TroubleDialog
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.inbox import Inbox

_HEARTBEAT_MS: Final = 200
_LONGEST_END_S: Final = 4.0
"""What is to be kept is on the disk long before; what still goes on may be cut off."""


class ProcessDesk(QObject):
    """Made once a process, by whoever runs the window to its end.

    Signals:
        end_requested(): the system wants the program to end now
        session_ends(): it will want so soon
        started_again(tuple[Path, ...]): another start handed these files over; the window has come
            to the front
    """

    end_requested = Signal()
    session_ends = Signal()
    started_again = Signal(object)

    def __init__(
        self,
        application: QGuiApplication,
        window: MainWindow,
        watch: CrashWatch,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._inbox: Inbox | None = None
        self._dialog: TroubleDialog | None = None
        application.commitDataRequest.connect(
            self._on_session_ends, Qt.ConnectionType.DirectConnection
        )
        watch.troubled.connect(self._on_troubled, Qt.ConnectionType.QueuedConnection)
        watch.window_is_there()
        self._close_on_signals()

    def hear_later_starts(self, folder: Path) -> None:
        """Be the window that others hand their files to."""
        self._inbox = Inbox(folder, self)
        self._inbox.started.connect(self._on_started_again)

    @Slot()
    def watch_the_end(self) -> None:
        """From now on the process has a few seconds to end by itself."""
        if self._inbox is not None:
            self._inbox.shutdown()
        # Importing TensorFlow, for one, cannot be interrupted, and takes as long as it takes.
        watch = threading.Timer(_LONGEST_END_S, os._exit, (0,))
        watch.daemon = True
        watch.start()

    def _close_on_signals(self) -> None:
        """Let Ctrl+C in the terminal and the end of the session close the window in good order.

        Python runs its signal handlers only while it runs itself, hence the timer's empty slot.
        """
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):  # Windows has no SIGHUP
                signal.signal(getattr(signal, name), lambda *_: self.end_requested.emit())
        heartbeat = QTimer(self)
        heartbeat.timeout.connect(lambda: None)
        heartbeat.start(_HEARTBEAT_MS)

    @Slot(QSessionManager)
    def _on_session_ends(self, _manager: QSessionManager) -> None:
        self.session_ends.emit()

    @Slot(object)
    def _on_started_again(self, files: tuple[Path, ...]) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        self.started_again.emit(files)

    @Slot(object)
    def _on_troubled(self, trouble: Trouble) -> None:
        """One dialog, whatever comes while it is open."""
        if self._dialog is not None:
            self._dialog.add(trouble)
            return
        self._dialog = TroubleDialog(trouble, self._window)
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.log_requested.connect(self._window.action("CopyLog").trigger)
        self._dialog.finished.connect(self._on_dialog_closed)
        self._dialog.setModal(False)
        self._dialog.show()

    @Slot()
    def _on_dialog_closed(self) -> None:
        self._dialog = None
