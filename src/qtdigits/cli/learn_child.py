"""Learning as the child of another program: drawings on standard input, events on the output.

The network is loaded before the drawings are awaited, so that a window can start the child when a
person begins to draw, and has its answer soon after the last drawing.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qtdigits.cli.errors import FAILED

if TYPE_CHECKING:
    from qtdigits.core.lesson import LessonDrawing
    from qtdigits.core.lesson_events import LessonFinished
    from qtdigits.ml.adapt import Teacher

_LARGEST: Final = 256 << 20
_CHUNK: Final = 1 << 16


def run_as_child(model: Path | None, out: Path) -> int:
    """Load, wait, learn and save; returns the exit status, FAILED where the parent went away."""
    from qtdigits.cli.event_stream import events_only
    from qtdigits.core.lesson_events import LessonEvent, LessonFailed, LessonReady, to_line

    with events_only() as output:

        def send(event: LessonEvent) -> None:
            output.write(to_line(event) + "\n")
            output.flush()

        try:
            from qtdigits.cli.teaching import load_teacher

            teacher = load_teacher(model, out)
            send(LessonReady())
            text = _awaited()
            if text is None:
                return FAILED
            send(_taught(teacher, _drawings(text), out))
        except ValueError as error:
            send(LessonFailed(" ".join(str(error).split())))
            raise
        except BrokenPipeError:
            raise
        except Exception as error:
            reason = f"the program is at fault ({type(error).__name__}); see the details"
            send(LessonFailed(reason))
            raise
    return 0


def _taught(teacher: Teacher, drawings: list[LessonDrawing], out: Path) -> LessonFinished:
    from qtdigits.core.lesson_events import LessonFinished

    lesson = teacher.teach(drawings)
    if lesson.outcome.used:
        teacher.save(lesson, out)
    return LessonFinished(lesson.outcome, lesson.outcome.used)


def _awaited() -> bytes | None:
    """Standard input up to the first empty line; None where it ends before.

    Not through sys.stdin, which may be closed with a lock held at the exit.
    """
    text = b""
    with suppress(OSError):
        while chunk := os.read(0, _CHUNK):
            text += chunk
            if text.startswith(b"\n") or b"\n\n" in text[-len(chunk) - 1 :]:
                return text[: text.find(b"\n\n") + 1]
            if len(text) > _LARGEST:
                raise ValueError("more than 256 MB of drawings came; give less")
    return None


def _drawings(text: bytes) -> list[LessonDrawing]:
    """The drawings in the text of a strokes file, by way of a file: so all checks are made."""
    from qtdigits.core.lesson import check_lesson, read_lesson

    if not text.strip():
        check_lesson([])
    with tempfile.TemporaryDirectory(prefix="qtdigits-lesson-") as folder:
        file = Path(folder) / "drawings.jsonl"
        file.write_bytes(text)
        return read_lesson(file)
