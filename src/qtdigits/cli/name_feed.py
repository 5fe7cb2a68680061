"""Names of files, looked up ahead of who reads them: standard input may keep one waiting."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_MOST_AHEAD: Final = 1000


class NameFeed:
    """Hands out the files of an iterator with their numbers from 0, to any thread.

    Owns the thread that asks the iterator. Nobody waits for that at the end: it may be waiting for
    a line of standard input.
    """

    def __init__(self, files: Iterator[Path | ValueError]) -> None:
        self._files = files
        self._changed = threading.Condition()
        self._ahead: deque[tuple[int, Path | ValueError]] = deque()
        self._ended = False
        self._trouble: BaseException | None = None
        threading.Thread(target=self._run, name="names", daemon=True).start()

    def take(self, most: int, sharing: int = 1) -> list[tuple[int, Path | ValueError]]:
        """The next files, at most so many; waits for one, empty at the end.

        sharing: among how many takers those are divided that are looked up already. Raises what
        the iterator raised.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._ahead or self._ended)
            if not self._ahead and self._trouble is not None:
                raise self._trouble
            count = min(most, -(-len(self._ahead) // sharing))
            taken = [self._ahead.popleft() for _ in range(count)]
            self._changed.notify_all()
            return taken

    def put_back(self, named: tuple[int, Path | ValueError]) -> None:
        """Hand out a file that was taken once more, before all others."""
        with self._changed:
            self._ahead.appendleft(named)
            self._changed.notify_all()

    def has_ahead(self, count: int, patience_s: float) -> bool:
        """Whether there are so many more; waits so long for an iterator that is slow."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._ahead) >= count or self._ended, patience_s)
            return len(self._ahead) >= count

    def close(self) -> None:
        """There is nothing more to hand out."""
        with self._changed:
            self._ended = True
            self._ahead.clear()
            self._changed.notify_all()

    def _run(self) -> None:
        trouble: BaseException | None = None
        try:
            for named in enumerate(self._files):
                with self._changed:
                    self._changed.wait_for(lambda: len(self._ahead) < _MOST_AHEAD or self._ended)
                    if self._ended:
                        return
                    self._ahead.append(named)
                    self._changed.notify_all()
        except BaseException as error:  # raised where it can be told
            trouble = error
        with self._changed:
            self._trouble = trouble
            self._ended = True
            self._changed.notify_all()
