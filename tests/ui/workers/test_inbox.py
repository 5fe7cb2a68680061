"""The inbox: the window hears of a later start at once."""

from __future__ import annotations

import threading
from pathlib import Path

from pytestqt.qtbot import QtBot

from qtdigits.core.one_instance import OneInstance, Part
from qtdigits.ui.workers.inbox import Inbox


def test_later_start_is_heard_with_its_files(tmp_path: Path, qtbot: QtBot) -> None:
    lock = tmp_path / "window.lock"
    first = OneInstance(lock)
    assert first.begin() is Part.FIRST
    inbox = Inbox(first.folder)
    parts: list[Part] = []
    later = threading.Thread(
        target=lambda: parts.append(OneInstance(lock).begin([tmp_path / "a.png"]))
    )
    with qtbot.waitSignal(inbox.started) as heard:
        later.start()
    later.join()
    assert heard.args == [(tmp_path / "a.png",)]
    assert parts == [Part.LATER]
    inbox.shutdown()
    first.end()
