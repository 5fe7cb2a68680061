"""Faults of the program itself: one dialog, a line in the log, and one can go on."""

from __future__ import annotations

import re
import sys
from typing import Final

import pytest

from driven import Start
from qtdigits.core import paths
from qtdigits.core.program_log import read_log

SLOT: Final = "QTimer.singleShot(0, lambda: 1 / 0)"
BREAK_PAINTING: Final = "layers, canvas._layers = canvas._layers, None"
MEND_PAINTING: Final = "canvas._layers = layers"
BREAK_DATA: Final = "program.probabilities._prediction = 7"
SHOW_DATA: Final = "program.probabilities.layoutChanged.emit()"
MEND_DATA: Final = "program.probabilities._prediction = None"
THREAD: Final = "__import__('threading').Thread(target=lambda: 1 / 0).start()"
BREAK_CLOSING: Final = "window._settings = None"
OVERRIDE: Final = r"Error calling Python override of \w+::\w+\(\): "
DIALOGS: Final = "len([d for d in window.children() if d.objectName() == 'troubleDialog'])"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the driver is for POSIX")


def test_faults_in_all_places_are_one_dialog_and_a_clean_end(start: Start) -> None:
    program = start().ready()
    for line in (SLOT, THREAD, BREAK_PAINTING, BREAK_DATA):
        program.do(line)
    while not all(place in read_log(paths.log_dir()) for place in ("in paintEvent", "in data")):
        program.do("canvas.update()")
        program.do(SHOW_DATA)
    program.do(MEND_PAINTING)
    program.do(MEND_DATA)
    program.until(f"{DIALOGS} == 1")
    assert program.do("draw(3)") == 1
    assert program.do(DIALOGS) == 1
    program.do(BREAK_CLOSING)
    assert program.end() == 0
    # Qt for Python itself names the methods on standard error.
    assert re.sub(OVERRIDE, "", program.errors()).strip() == ""
    log = read_log(paths.log_dir())
    for place in ("<lambda>", "in paintEvent", "in data", "in closeEvent"):
        assert log.count(place) >= 1, place
    assert log.count("Traceback") < 8


@pytest.mark.long
def test_fatal_fault_is_in_the_log_of_the_next_start(start: Start) -> None:
    first = start().ready()
    first.do("draw(6)")
    first.do("QTimer.singleShot(0, lambda: __import__('faulthandler')._sigsegv())")
    assert first.wait() == -11
    assert first.errors() == ""
    second = start().ready()
    assert "Segmentation fault" in read_log(paths.log_dir())
    assert second.end() == 0
