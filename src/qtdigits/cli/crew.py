"""Reading with several processes: they open the files, the network stays in this one."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from qtdigits.cli.desk import Desk, DeskClosedError
from qtdigits.cli.reader_process import ReaderLostError, ReaderProcess
from qtdigits.cli.reader_talk import Begin
from qtdigits.cli.told import Told, refusal

if TYPE_CHECKING:
    from qtdigits.cli.name_feed import NameFeed
    from qtdigits.cli.open_files import Named
    from qtdigits.core.recognizer import Recognizer

_TOGETHER: Final = 60
"""So many files go to a process at once: a batch of the network, for some have two shapes."""
_MOST_LOST: Final = 20
"""After so many lost processes, it is not the files that end them."""


class Crew:
    """Owns reader processes and, while there are answers, a thread for each that talks with it."""

    def __init__(self, count: int) -> None:
        """Start the processes, which get ready meanwhile; raises OSError if there can be none."""
        self._processes = [ReaderProcess()]
        with suppress(OSError):
            self._processes += [ReaderProcess() for _ in range(count - 1)]
        self._lock = threading.Lock()
        self._killed = False
        self._lost = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        """End the processes; those that may be amid their work at once."""
        if kind is not None:
            self._kill()
        for process in self._processes:
            process.dismiss()
        for process in self._processes:
            process.wait()

    def answers(self, feed: NameFeed, network: Recognizer, as_json: bool) -> Iterator[Told]:
        """All answers in the order of the files; the network is asked in the caller's thread.

        What a process was reading when it was lost is read by another one, half by half; a file
        over which one is lost that has no other to read is refused. Raises ValueError with a
        sentence where processes are lost again and again.
        """
        begin = Begin(network.card, as_json)
        desk = Desk(len(self._processes))
        threads = [
            threading.Thread(target=self._attend, args=(at, feed, desk, begin), name=f"reader {at}")
            for at in range(len(self._processes))
        ]
        for thread in threads:
            thread.start()
        finished = False
        try:
            while True:
                answers, question = desk.next()
                if question is not None:
                    question.answer(network)
                elif answers:
                    yield from answers
                else:
                    finished = True
                    return
        finally:
            desk.close()
            feed.close()
            if not finished:
                self._kill()
            for thread in threads:
                thread.join()

    def _kill(self) -> None:
        with self._lock:
            self._killed = True
            for process in self._processes:
                process.kill()

    def _attend(self, at: int, feed: NameFeed, desk: Desk, begin: Begin) -> None:
        """Have one process read, and others in its place, until there is nothing more to read."""
        trouble: BaseException | None = None
        try:
            self._have_read(at, feed, desk, begin)
        except DeskClosedError:
            pass
        except BaseException as error:  # raised in the thread that can tell it
            trouble = error
        desk.leave(trouble)

    def _have_read(self, at: int, feed: NameFeed, desk: Desk, begin: Begin) -> None:
        begun = False
        again: list[_Work] = []
        while work := again.pop() if again else self._next_work(feed, desk):
            try:
                if not begun:
                    self._processes[at].begin(begin)
                    begun = True
                self._processes[at].read(work.files, desk.ask, work.tell)
                work.finish()
            except ReaderLostError:
                self._replace(at)
                begun = False
                again += work.divided()

    def _next_work(self, feed: NameFeed, desk: Desk) -> _Work | None:
        files = feed.take(_TOGETHER, sharing=2 * len(self._processes))
        if not files:
            return None
        desk.admit(files[0][0])
        return _Work(files, desk)

    def _replace(self, at: int) -> None:
        """Start another process in the place of a lost one."""
        self._processes[at].dismiss()
        self._processes[at].wait()
        with self._lock:
            if self._killed:
                raise DeskClosedError
            self._lost += 1
            if self._lost > _MOST_LOST:
                raise ValueError(
                    "the processes that open the files are ended again and again; "
                    "free some memory, or read fewer files at a time"
                )
            self._processes[at] = ReaderProcess()


class _Work:
    """Some files with consecutive numbers; each of their answers is told once, though a file may be
    read twice.
    """

    def __init__(
        self, files: Sequence[Named], desk: Desk, told: Counter[int] | None = None
    ) -> None:
        """told: how many answers of a file were told before."""
        self.files = files
        self._desk = desk
        self._told = told or Counter()
        self._known = Counter(self._told)
        self._unfinished = [number for number, _ in files]

    def tell(self, answers: Sequence[tuple[int, Told]]) -> None:
        """Pass answers on; they come in the order of the files."""
        new = []
        for number, answer in answers:
            if self._known[number]:
                self._known[number] -= 1
            else:
                self._told[number] += 1
                new.append((number, answer))
        self._desk.tell(new)
        # An answer for a file is the end of those before it.
        self._finish([number for number in self._unfinished if number < answers[-1][0]])

    def finish(self) -> None:
        """All files are read."""
        self._finish(self._unfinished)

    def divided(self) -> list[_Work]:
        """What is left, for other processes: one half, and the half before it. A single file is
        refused instead.
        """
        left = [named for named in self.files if named[0] in self._unfinished]
        if len(left) == 1:
            self._desk.tell([(left[0][0], _refused(left[0][1]))])
            self.finish()
            return []
        middle = len(left) // 2
        return [_Work(half, self._desk, self._told) for half in (left[middle:], left[:middle])]

    def _finish(self, numbers: Sequence[int]) -> None:
        self._desk.finish(numbers)
        self._unfinished = [number for number in self._unfinished if number not in numbers]


def _refused(file: Path | ValueError) -> Told:
    from qtdigits.core.data_files.regular import shown

    name = shown(file) if isinstance(file, Path) else "a file"
    return refusal(ValueError(f"{name} ended the process that opened it; leave it out"))
