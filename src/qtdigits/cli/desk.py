"""Where the threads that talk with reader processes meet the one that has the network."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from qtdigits.cli.told import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from qtdigits.core.recognizer import Recognizer

_WINDOW: Final = 1024
"""No file is begun that is so far behind the one whose answer is awaited."""
_MOST_HELD: Final = 4096
"""So many answers may wait for that one: a strokes file has thousands."""


class DeskClosedError(Exception):
    """Nobody wants the answers any more."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Digit images of shape (n, 28, 28), and the place for their logits."""

    images: NDArray[np.float32]
    logits: Future[NDArray[np.float32]]

    def answer(self, network: Recognizer) -> None:
        """Ask the network."""
        try:
            self.logits.set_result(network.logits(self.images))
        except BaseException:
            self.logits.cancel()
            raise


class Desk:
    """Puts answers in the order of the files and passes questions on.

    Files have numbers from 0. All but `next` and `close` is for the threads with the readers; they
    are told by DeskClosedError that it is over.
    """

    def __init__(self, working: int) -> None:
        """working: how many threads will leave."""
        self._changed = threading.Condition()
        self._working = working
        self._questions: deque[Question] = deque()
        self._answers: dict[int, list[Told]] = {}
        self._held = 0
        self._finished: set[int] = set()
        self._awaited = 0
        self._closed = False
        self._trouble: BaseException | None = None

    def next(self) -> tuple[list[Told], Question | None]:
        """What can be told, or what is asked; waits for one of them, neither at the end.

        Raises what a thread left with.
        """
        with self._changed:
            while True:
                if self._trouble is not None:
                    raise self._trouble
                if answers := self._in_turn():
                    return answers, None
                if self._questions:
                    return [], self._questions.popleft()
                if not self._working:
                    return [], None
                self._changed.wait()

    def close(self) -> None:
        """Send all threads home."""
        with self._changed:
            self._closed = True
            for question in self._questions:
                question.logits.cancel()
            self._changed.notify_all()

    def admit(self, number: int) -> None:
        """Wait until this file may be begun."""
        self._wait_until(lambda: number < self._awaited + _WINDOW)

    def ask(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Logits of shape (n, 10) for digit images of shape (n, 28, 28)."""
        question = Question(images, Future())
        with self._changed:
            if self._closed:
                raise DeskClosedError
            self._questions.append(question)
            self._changed.notify_all()
        try:
            return question.logits.result()
        except CancelledError:
            raise DeskClosedError from None

    def tell(self, answers: Sequence[tuple[int, Told]]) -> None:
        """Take some answers, with the numbers of their files; more may follow for the last one."""
        if not answers:
            return
        first, _ = answers[0]
        self._wait_until(lambda: self._held < _MOST_HELD or first == self._awaited)
        with self._changed:
            for number, answer in answers:
                self._answers.setdefault(number, []).append(answer)
            self._held += len(answers)
            self._changed.notify_all()

    def finish(self, numbers: Sequence[int]) -> None:
        """There are no more answers for these files."""
        with self._changed:
            self._finished.update(numbers)
            self._changed.notify_all()

    def leave(self, trouble: BaseException | None) -> None:
        """The calling thread ends; trouble is for the one with the network."""
        with self._changed:
            self._working -= 1
            self._trouble = self._trouble or trouble
            self._changed.notify_all()

    def _wait_until(self, is_time: Callable[[], bool]) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or is_time())
            if self._closed:
                raise DeskClosedError

    def _in_turn(self) -> list[Told]:
        """The answers that wait for no other file."""
        answers = self._answers.pop(self._awaited, [])
        while self._awaited in self._finished:
            self._finished.remove(self._awaited)
            self._awaited += 1
            answers += self._answers.pop(self._awaited, [])
            self._changed.notify_all()
        self._held -= len(answers)
        return answers
