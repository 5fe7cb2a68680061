"""Data files are judged beside the window, one after another."""

from __future__ import annotations

import threading
from pathlib import Path

from pytestqt.qtbot import QtBot

from qtdigits.core.data_summary import DataSummary
from qtdigits.ui.workers.data_check import DataChecker


def test_file_is_judged_in_another_thread(qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []

    def judge(path: Path) -> DataSummary:
        threads.append(threading.current_thread())
        return DataSummary(path, 7)

    checker = DataChecker(judge=judge)
    with qtbot.waitSignal(checker.checked) as checked:
        checker.submit(Path("a.npz"))
    assert checked.args[0].count == 7
    checker.shutdown()
    threads[0].join(5)
    assert not threads[0].is_alive()
    assert threads[0] is not threading.main_thread()


def test_whatever_goes_wrong_becomes_a_sentence(qtbot: QtBot) -> None:
    def judge(path: Path) -> DataSummary:
        raise OSError("the disk is gone")

    checker = DataChecker(judge=judge)
    with qtbot.waitSignal(checker.checked) as checked:
        checker.submit(Path("a.npz"))
    assert checked.args[0].problem == "It cannot be read (the disk is gone)."
    checker.shutdown()


def test_files_are_judged_in_order(qtbot: QtBot) -> None:
    checker = DataChecker(judge=DataSummary)
    found: list[Path] = []
    checker.checked.connect(lambda summary: found.append(summary.path))
    paths = [Path(f"{number}.npz") for number in range(5)]
    for path in paths:
        checker.submit(path)
    qtbot.waitUntil(lambda: len(found) == len(paths))
    assert found == paths
    checker.shutdown()
