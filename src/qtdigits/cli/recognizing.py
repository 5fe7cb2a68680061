"""Reading many files: one thread opens them and finds the ink, the other asks the network."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from qtdigits.core.ink import Ink
    from qtdigits.core.model_card import ModelCard
    from qtdigits.core.page.batches import Begun
    from qtdigits.core.reading import Reading
    from qtdigits.core.recognizer import Recognizer

_MOST_PIXELS: Final = 12_000_000
"""So many pixels of opened pictures may wait for the network, and one picture more."""
_MOST_WAITING: Final = 2000
_BATCH: Final = 250


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What was read in a picture, or in the drawing on one line of a strokes file.

    scale: pixels of the picture for each unit of the reading's bounds.
    """

    file: Path
    line: int | None
    reading: Reading
    scale: float


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """Something that was opened; pixels is what it holds in memory."""

    file: Path
    line: int | None
    work: Ink | Begun | Reading
    scale: float = 1.0
    pixels: int = 0


def answers(
    files: Iterator[Path | ValueError], load: Callable[[], Recognizer]
) -> Iterator[Answer | ValueError]:
    """Read file after file, in their order; what cannot be read comes as its error.

    load gives the network. It is called once the first file that can be read was found: importing
    Keras takes seconds.
    """
    for file in files:
        try:
            if isinstance(file, ValueError):
                raise file
            _check(file)
        except ValueError as error:
            yield error
            continue
        yield from _read_all(chain([file], files), load())
        return


def _read_all(
    files: Iterator[Path | ValueError], recognizer: Recognizer
) -> Iterator[Answer | ValueError]:
    shelf = _Shelf()
    opening = threading.Thread(
        target=_open_all, args=(files, recognizer.card, shelf), name="opening", daemon=True
    )
    opening.start()
    try:
        while tasks := shelf.take(_BATCH):
            yield from _answered(tasks, recognizer)
    finally:
        shelf.close()
        opening.join()


def _answered(
    tasks: list[_Task | ValueError], recognizer: Recognizer
) -> Iterator[Answer | ValueError]:
    from qtdigits.core.ink import Ink
    from qtdigits.core.page.batches import finish
    from qtdigits.core.segment import read_ink

    pages = [t.work for t in tasks if isinstance(t, _Task) and not isinstance(t.work, Ink)]
    readings = iter(finish(pages, recognizer))
    for task in tasks:
        if isinstance(task, ValueError):
            yield task
        elif isinstance(task.work, Ink):
            yield Answer(task.file, task.line, read_ink(task.work, recognizer), 1.0)
        else:
            yield Answer(task.file, None, next(readings), task.scale)


def _open_all(files: Iterator[Path | ValueError], card: ModelCard, shelf: _Shelf) -> None:
    """Put what there is to read on the shelf, file after file, until it is closed."""
    trouble: BaseException | None = None
    with suppress(_ClosedError):
        try:
            for file in files:
                try:
                    if isinstance(file, ValueError):
                        raise file
                    for task in _tasks(file, card):
                        shelf.put(task)
                except ValueError as error:
                    shelf.put(error)
        except _ClosedError:
            raise
        except BaseException as error:
            trouble = error
    shelf.end(trouble)


def _tasks(file: Path, card: ModelCard) -> Iterator[_Task]:
    """What there is to read in a file; raises ValueError with a sentence."""
    from qtdigits.core.data_files.regular import Content
    from qtdigits.core.data_files.strokes import read_drawings
    from qtdigits.core.page.batches import begin
    from qtdigits.core.page.reader import reading_steps
    from qtdigits.core.picture_files import read_upright

    if _check(file) is Content.STROKES:
        for drawing in read_drawings(file):
            yield _Task(file, drawing.line, drawing.ink)
        return
    picture = read_upright(file)
    begun = begin(reading_steps(picture.grey, card))
    yield _Task(file, None, begun, picture.scale, picture.grey.size)


def _check(file: Path) -> object:
    """What a file holds, if it is something to read; raises ValueError with a sentence."""
    from qtdigits.core.data_files.regular import Content, content_of, shown

    content = content_of(file)
    match content:
        case Content.NPZ | Content.IDX:
            raise ValueError(f"{shown(file)} is a data set; read it with qtdigits evaluate")
        case Content.OTHER:
            raise ValueError(
                f"{shown(file)} is neither a picture nor a strokes file; "
                "give a PNG, JPEG, BMP, GIF, WebP, TIFF or .jsonl file"
            )
    return content


class _ClosedError(Exception):
    """Nobody takes from the shelf any more."""


class _Shelf:
    """What was opened and waits to be read: never more than fits into a little memory."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._tasks: deque[_Task | ValueError] = deque()
        self._pixels = 0
        self._ended = False
        self._closed = False
        self._trouble: BaseException | None = None

    def put(self, task: _Task | ValueError) -> None:
        """Add a task; waits while the shelf is full, raises _ClosedError when it is closed."""
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    self._closed
                    or (self._pixels < _MOST_PIXELS and len(self._tasks) < _MOST_WAITING)
                )
            )
            if self._closed:
                raise _ClosedError
            self._tasks.append(task)
            self._pixels += _pixels(task)
            self._changed.notify_all()

    def end(self, trouble: BaseException | None) -> None:
        """Nothing more will be put here; trouble is raised by the last take."""
        with self._changed:
            self._ended, self._trouble = True, trouble
            self._changed.notify_all()

    def take(self, most: int) -> list[_Task | ValueError]:
        """What is there, at most so many, in order; waits for something, empty at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._tasks or self._ended)
            if not self._tasks and self._trouble is not None:
                raise self._trouble
            taken = [self._tasks.popleft() for _ in range(min(most, len(self._tasks)))]
            self._pixels -= sum(_pixels(task) for task in taken)
            self._changed.notify_all()
            return taken

    def close(self) -> None:
        """Let the thread that puts end."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def _pixels(task: _Task | ValueError) -> int:
    return task.pixels if isinstance(task, _Task) else 0
