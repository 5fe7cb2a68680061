"""Many strokes: Qt's bindings have lost references one by one before (PYSIDE-3474)."""

from __future__ import annotations

import subprocess
import sys

STROKES = 20_000

PROGRAM = f"""
import sys
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication
from qtdigits.ui.canvas.ink_canvas import InkCanvas
from qtdigits.ui.replay import send_mouse

PRESS, MOVE, RELEASE = (
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease
)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
app = QApplication([])
undo_stack = QUndoStack()
undo_stack.setUndoLimit(50)
canvas = InkCanvas(undo_stack)
canvas.resize(240, 180)
canvas.show()
announced = 0

def count(ink):
    global announced
    announced += 1

canvas.ink_changed.connect(count)
references = sys.getrefcount(None)
for number in range({STROKES}):
    x, y = 10 + number * 7 % 190, 10 + number * 11 % 130
    send_mouse(canvas, PRESS, QPointF(x, y), LEFT, LEFT)
    send_mouse(canvas, MOVE, QPointF(x + 12, y + 5), NONE, LEFT)
    send_mouse(canvas, MOVE, QPointF(x + 9, y + 20), NONE, LEFT)
    send_mouse(canvas, RELEASE, QPointF(x + 20, y + 30), LEFT, NONE)
    if number % 40 == 39:
        canvas.clear()
    if number % 100 == 50:
        undo_stack.undo()
        app.processEvents()
assert announced >= 4 * {STROKES}, announced
lost = references - sys.getrefcount(None)
assert lost < 1000, f"None has lost {{lost}} references"
canvas.close()
"""


def test_twenty_thousand_strokes_end_well() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", PROGRAM],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
