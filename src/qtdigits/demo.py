"""Shows the main job where there is no screen: the real window, offscreen, written on and read."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from qtdigits.app import Program
from qtdigits.core import paths
from qtdigits.core.data_files.strokes import Drawing
from qtdigits.core.history import HistoryEntry
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.samples import sample_drawings
from qtdigits.core.wording import plain_percentage
from qtdigits.ui.replay import replay

_EVENT_INTERVAL_MS = 2
_PATIENCE_MS = 120_000


class _Demo(QObject):
    """Writes one sample drawing after the other and prints what the program reads."""

    def __init__(self, program: Program, drawings: list[Drawing], picture: Path) -> None:
        super().__init__(program)
        self._program = program
        self._waiting = list(drawings)
        self._drawing = drawings[0]
        self._events: Iterator[None] = iter(())
        self._picture = picture
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._send_event)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._give_up)
        program.inference.status_changed.connect(self._on_status)
        program.session.settled.connect(self._on_settled)
        self._patience.start(_PATIENCE_MS)

    @Slot(object)
    def _on_status(self, status: NetworkStatus) -> None:
        if status.state is NetworkState.FAILED:
            self._end(1, status.details)
        elif status.state is NetworkState.READY:
            self._begin_drawing()

    def _begin_drawing(self) -> None:
        self._drawing = self._waiting.pop(0)
        self._events = replay(self._program.canvas, self._drawing.ink)
        self._timer.start(_EVENT_INTERVAL_MS)

    @Slot()
    def _send_event(self) -> None:
        try:
            next(self._events)
        except StopIteration:
            self._timer.stop()

    @Slot(object)
    def _on_settled(self, entry: HistoryEntry) -> None:
        if self._timer.isActive():
            return  # the pen only paused
        answer = entry.prediction.text or "nothing"
        sure = plain_percentage(entry.prediction.confidence)
        print(  # noqa: T201 - this program's job is to print
            f"wrote {self._drawing.label}, read {answer}  {sure}",
            flush=True,
        )
        if self._waiting:
            self._program.canvas.clear()
            self._begin_drawing()
        else:
            # One turn of the event loop, so that the history shows the last drawing too.
            QTimer.singleShot(300, self._save_picture)

    @Slot()
    def _save_picture(self) -> None:
        self._picture.parent.mkdir(parents=True, exist_ok=True)
        if not self._program.window.grab().save(str(self._picture)):
            self._end(1, f"The picture {self._picture} could not be written.")
            return
        self._end(0, f"The window as it looked: {self._picture}")

    @Slot()
    def _give_up(self) -> None:
        self._end(1, "The network did not answer within two minutes.")

    def _end(self, status: int, words: str) -> None:
        self._timer.stop()
        self._patience.stop()
        print(words, flush=True)  # noqa: T201 - see above
        self._program.window.close()
        QApplication.exit(status)


def main() -> int:
    """Run the demonstration; returns the exit status, 0 when every drawing was answered."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication(sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        # These are nobody's own drawings.
        drawings = Path(folder) / "drawings.sqlite"
        program = Program(application, paths.shipped_model(), drawings=drawings)
        _Demo(program, sample_drawings(), Path("build") / "demo.png")
        program.window.resize(1120, 760)
        program.window.show()
        return application.exec()


if __name__ == "__main__":
    sys.exit(main())
