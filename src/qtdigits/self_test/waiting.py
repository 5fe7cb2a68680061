"""What the checks wait with, and what they raise."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

_PATIENCE_S: Final = 240.0
_LOOK_AGAIN_MS: Final = 10

Kind = TypeVar("Kind", bound=QObject)


class SelfTestError(Exception):
    """What does not work, in a sentence."""


def wait_for(is_so: Callable[[], bool], what: str, patience_s: float = _PATIENCE_S) -> None:
    """Let the event loop run until something is so; raises SelfTestError."""
    end = time.monotonic() + patience_s
    while not is_so():
        if time.monotonic() > end:
            raise SelfTestError(f"{what} took more than {patience_s:.0f} s")
        loop = QEventLoop()
        QTimer.singleShot(_LOOK_AGAIN_MS, loop.quit)
        loop.exec()


def found(kind: type[Kind], name: str, window: QWidget) -> Kind:
    """The part of a window with this object name; raises SelfTestError."""
    part = window.findChild(kind, name)
    if part is None:
        raise SelfTestError(f"there is no {name}")
    return part


def trigger(name: str, window: QWidget) -> None:
    """Do what a menu's action does; raises SelfTestError where there is none."""
    found(QAction, f"action{name}", window).trigger()


def bury_closed() -> None:
    """Delete the dialogs that were closed, which otherwise wait for the event loop."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
