"""What goes wrong where nobody caught it: into the log, and once to the person."""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
import traceback
from collections import Counter
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Final

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from qtdigits.core.program_log import Trouble, close_log, open_log, remove_pipe

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)
_qt_log = logging.getLogger("qtdigits.qt")
_FAULTS_NAME: Final = "faults.txt"
_NO_SCREEN: Final = (
    "qtdigits: there is no screen to show a window on ({}); "
    "start it in a desktop session, or use its commands: qtdigits --help"
)
_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashWatch(QObject):
    """Owns the hooks of the process from install() to uninstall(), and the log they write to.

    Signals:
        troubled(Trouble): something went wrong for the first time in this place; emitted in the
            thread where it did
    """

    troubled = Signal(object)

    def __init__(self, folder: Path) -> None:
        """folder: where the log lies, or is to lie."""
        super().__init__()
        self.folder: Final = folder
        self._seen: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._handler: logging.Handler | None = None
        self._faults: IO[str] | None = None
        self._has_window = False
        self._former: tuple[Callable[..., object], ...] = ()

    def install(self) -> None:
        """Watch from now on: exceptions in all threads, what Qt says, and fatal faults."""
        self._handler = open_log(self.folder)
        self._former = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        qInstallMessageHandler(self._on_qt_message)
        self._open_faults()

    def uninstall(self) -> None:
        """Leave the process as it was."""
        if self._handler is None:
            return
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._former
        qInstallMessageHandler(None)
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None
        close_log(self._handler)
        self._handler = None

    def window_is_there(self) -> None:
        """From now on troubles are told in the window, not on standard error."""
        self._has_window = True

    def _open_faults(self) -> None:
        """Faults of the last run go into the log; those of this one will have an empty file."""
        place = self.folder / _FAULTS_NAME
        with suppress(OSError):
            remove_pipe(place)
            if place.exists() and (said := place.read_text(errors="replace")[-20_000:].strip()):
                _log.error("an earlier run ended by a fatal fault:\n%s", said)
            self._faults = open(place, "w", encoding="utf-8")  # noqa: SIM115 - open to the end
            faulthandler.enable(self._faults, all_threads=True)

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        self._note(kind, error, trace, "")

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and args.exc_type is not SystemExit:
            name = args.thread.name if args.thread is not None else "a thread"
            self._note(args.exc_type, args.exc_value, args.exc_traceback, f" in {name}")

    def _on_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        """Nothing can be done about these, and nothing is lost by them: the log is enough."""
        with suppress(Exception):
            said = "".join(traceback.format_exception_only(args.exc_type, args.exc_value))
            if self._is_new(f"unraisable {said}"):
                _log.error("%s: %s", args.err_msg or "ignored", said.strip())

    def _note(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
        where: str,
    ) -> None:
        # Nothing in here may raise: it would be reported here again.
        with suppress(Exception):
            summary = "".join(traceback.format_exception_only(kind, error)).strip()
            if not self._is_new(_place(kind, trace)):
                return
            details = "".join(traceback.format_exception(kind, error, trace))
            _log.error("nobody caught this%s:\n%s", where, details)
            if self._has_window:
                self.troubled.emit(Trouble(summary.splitlines()[-1], details))
            else:
                _say(f"qtdigits: it could not start ({summary}); the log lies in {self.folder}")

    def _is_new(self, place: str) -> bool:
        """Whether it is the first time; later ones are only counted in the log, ever more rarely.

        A fault in paintEvent comes sixty times a second.
        """
        with self._lock:
            self._seen[place] += 1
            times = self._seen[place]
        if times > 1 and times & (times - 1) == 0:
            _log.error("%d times by now: %s", times, place)
        return times == 1

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        with suppress(Exception):
            if self._is_new(f"Qt: {text}"):
                category = getattr(context, "category", None) or "default"
                _qt_log.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", category, text)
        if kind == QtMsgType.QtFatalMsg and not self._has_window:
            # Qt would abort, and leave a dump of memory, for want of a screen.
            _say(_NO_SCREEN.format(text.splitlines()[0] if text else "Qt does not say why"))
            os._exit(1)


def _place(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What tells one trouble from another: the kind of error, and where it was raised."""
    frames = traceback.extract_tb(trace)
    last = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "nowhere"
    return f"{kind.__name__} in {last}"


def _say(sentence: str) -> None:
    with suppress(OSError, AttributeError, ValueError):  # there may be no such stream
        print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - there is no window to say it in
