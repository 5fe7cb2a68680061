"""The licences are read beside the window."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from qtdigits.ui.workers.licence_reader import LicenceReader


def test_text_is_read_in_another_thread(qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []

    def source() -> str:
        threads.append(threading.current_thread())
        return "All of them"

    reader = LicenceReader(source=source)
    with qtbot.waitSignal(reader.was_read) as was_read:
        reader.submit()
    assert was_read.args == ["All of them"]
    threads[0].join(5)
    assert threads[0] is not threading.main_thread()


def test_text_is_that_of_the_program_where_no_other_is_asked_for(qtbot: QtBot) -> None:
    reader = LicenceReader()
    with qtbot.waitSignal(reader.was_read) as was_read:
        reader.submit()
    assert str(was_read.args[0]).startswith("Licences of qtdigits")


def test_whatever_goes_wrong_becomes_a_sentence(qtbot: QtBot) -> None:
    def source() -> str:
        raise OSError("the disk is gone")

    reader = LicenceReader(source=source)
    with qtbot.waitSignal(reader.failed) as failed:
        reader.submit()
    assert failed.args == ["The licences cannot be read (the disk is gone)."]
