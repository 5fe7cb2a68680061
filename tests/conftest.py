"""What every test gets: no screen, nobody's files, and nothing left running behind it."""

from __future__ import annotations

import os
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from permissions import binding, can_bind

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QThread, QTimer

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

Model = TypeVar("Model", bound="QAbstractItemModel")


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, drawings and networks of a test go to a folder of its own, never to a person's."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name, folder in (
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_STATE_HOME", ".local/state"),
        ("APPDATA", "AppData/Roaming"),
        ("LOCALAPPDATA", "AppData/Local"),
    ):
        monkeypatch.setenv(name, str(home / folder))
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QSettings

        for settings_format in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            # Qt reads the variables above only once a process.
            QSettings.setPath(settings_format, QSettings.Scope.UserScope, str(home / ".config"))
    return home


@pytest.fixture
def bound_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in which permissions bind whoever runs the tests."""
    if not can_bind():
        pytest.skip("permissions do not bind this user")
    folder = tmp_path / "bound"
    folder.mkdir()
    with binding():
        yield folder
    for path in folder.rglob("*"):
        path.chmod(0o700)


@pytest.fixture(autouse=True)
def no_internet(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test makes the program do, it opens no connection and looks no name up.

    Those marked `internet` may, to a server of their own on this computer. What libraries do
    without Python is held to the same by tests/faults/test_network.py.
    """
    if request.node.get_closest_marker("internet"):
        return

    def refuse(*args: object, **named: object) -> None:
        pytest.fail(f"a connection to the internet was tried: {args[-2:]}")

    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:  # noqa: ANN401 - any family's
        if self.family in (socket.AF_INET, socket.AF_INET6):
            refuse(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    monkeypatch.setattr(socket.socket, "connect_ex", connect_here)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def no_leaks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a thread, a timer or a window behind, and say where it began."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import isValid

    started: list[tuple[QThread | QTimer, str]] = []

    def record(start: Callable[..., None]) -> Callable[..., None]:
        def recording_start(self: QThread | QTimer, *args: object) -> None:
            started.append((self, "".join(traceback.format_stack(limit=4)[:-1])))
            start(self, *args)

        return recording_start

    monkeypatch.setattr(QThread, "start", record(QThread.start))
    monkeypatch.setattr(QTimer, "start", record(QTimer.start))
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    leaks = []
    for item, where in started:
        if not isValid(item):
            continue
        if item.isRunning() if isinstance(item, QThread) else item.isActive():
            name = item.objectName() or type(item).__name__
            leaks.append(f"{name} is still running; it was started here:\n{where}")
            if isinstance(item, QTimer):
                item.stop()
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            leaks.append(f"the window {window.objectName() or window!r} is still open")
            window.hide()
    if leaks:
        pytest.fail("\n".join(leaks), pytrace=False)


@pytest.fixture
def model_tester(qapp: object) -> Iterator[Callable[[Model], Model]]:
    """Call it with a new item model: from then on Qt's model tester watches every change.

    What the tester finds is a Qt warning, and so fails the test.
    """
    from PySide6.QtTest import QAbstractItemModelTester

    testers: list[QAbstractItemModelTester] = []

    def watch(model: Model) -> Model:
        mode = QAbstractItemModelTester.FailureReportingMode.Warning
        testers.append(QAbstractItemModelTester(model, mode))
        return model

    yield watch
    testers.clear()
