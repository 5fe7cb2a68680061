"""The real window without a screen, and what the benchmarks watch on it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSettings, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from qtdigits.app import Program
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.request import Request, Result

_PATIENCE_S: Final = 120.0


class AnswerWatch(QObject):
    """Notices when the answer to the newest request has been painted.

    Signals:
        painted(float): the newest answer is on the screen since that time, time.monotonic()
    """

    painted = Signal(float)

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._newest_id = 0
        self._unpainted = False
        # Connected after the program's own slots: the window knows the answer when this is called.
        program.session.asked.connect(self._on_asked)
        program.session.answered.connect(self._on_answered)
        program.window.installEventFilter(self)

    @property
    def newest_id(self) -> int:
        """The number of the request asked last, 0 for none."""
        return self._newest_id

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.UpdateRequest and self._unpainted:
            self._unpainted = False
            # The filter is asked before the window paints what is dirty of it, and an answer always
            # leaves something so; the timer comes after all of it has been painted and flushed.
            QTimer.singleShot(0, self._on_painted)
        return False

    @Slot(object)
    def _on_asked(self, request: Request) -> None:
        self._newest_id = request.id
        self._unpainted = False

    @Slot(object)
    def _on_answered(self, result: Result) -> None:
        self._unpainted = result.id == self._newest_id

    @Slot()
    def _on_painted(self) -> None:
        self.painted.emit(time.monotonic())


@contextmanager
def private_settings() -> Iterator[None]:
    """Settings in a folder that is removed afterwards: a person's own are not touched."""
    with tempfile.TemporaryDirectory() as folder:
        for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, folder)
        yield


@contextmanager
def warm_program(model: Path, drawings: Path | None = None) -> Iterator[Program]:
    """The whole program with its window shown and its network loaded; closed at the end.

    drawings: the file of its store, None for a new one. Raises ValueError when the network cannot
    be loaded.
    """
    if drawings is None:
        with (
            tempfile.TemporaryDirectory() as folder,
            warm_program(model, Path(folder) / "drawings.sqlite") as program,
        ):
            yield program
        return
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("create a QApplication before the window")
    program = Program(application, model, drawings=drawings)
    statuses: list[NetworkStatus] = []
    program.inference.status_changed.connect(statuses.append)
    try:
        program.window.resize(1120, 760)
        program.window.show()
        wait_until(lambda: bool(statuses) and statuses[-1].state is not NetworkState.LOADING)
        if statuses[-1].state is NetworkState.FAILED:
            raise ValueError(statuses[-1].details)
        yield program
    finally:
        program.window.close()
        program.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def let_run(duration_ms: int) -> None:
    """Let the event loop run for so long."""
    loop = QEventLoop()
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(loop.quit)
    timer.start(duration_ms)
    loop.exec()


def wait_until(is_so: Callable[[], bool], patience_s: float = _PATIENCE_S) -> None:
    """Let the event loop run until something is so; raises TimeoutError when it takes too long."""
    end = time.monotonic() + patience_s
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError("the window did not come to what was waited for")
        let_run(5)


def paint_now(widget: QWidget) -> None:
    """Paint what is dirty in the widget's window, and return when that is done."""
    QApplication.sendEvent(widget.window(), QEvent(QEvent.Type.UpdateRequest))
