"""A network is exported by a real child process, or the reason why not is told."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from qtdigits.ui.workers.export_process import ExportProcess

CHILD_MS = 60_000


def test_network_that_ships_is_exported(tmp_path: Path, qtbot: QtBot) -> None:
    exporter = ExportProcess()
    out = tmp_path / "mine.h5"
    with qtbot.waitSignal(exporter.finished, timeout=CHILD_MS) as finished:
        exporter.start("shipped", out)
        assert exporter.is_running
        exporter.start("shipped", tmp_path / "ignored.h5")
    assert finished.args == [out]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
        "mine.h5",
        "mine.json",
    ]
    assert not exporter.is_running


def test_reason_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    exporter = ExportProcess()
    with qtbot.waitSignal(exporter.failed, timeout=CHILD_MS) as failed:
        exporter.start("nobody", tmp_path / "mine.keras")
    assert "nobody" in failed.args[0]
    assert failed.args[0][0].isupper()
    assert not (tmp_path / "mine.keras").exists()


def test_shutdown_leaves_no_child(tmp_path: Path, qtbot: QtBot) -> None:
    exporter = ExportProcess()
    exporter.start("shipped", tmp_path / "mine.keras")
    exporter.shutdown()
    assert not exporter.is_running
