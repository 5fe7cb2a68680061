"""Reading the files that a command was given: a few here, many with other processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qtdigits.cli.name_feed import NameFeed
from qtdigits.cli.open_files import check_readable, read_files
from qtdigits.cli.told import Told, refusal

if TYPE_CHECKING:
    from qtdigits.cli.crew import Crew
    from qtdigits.core.recognizer import Recognizer

_MANY: Final = 100
"""From so many files on, it is worth to start processes that open them."""
_PATIENCE_S: Final = 0.5
"""So long is waited for a list on standard input to become many files."""
_TOGETHER: Final = 32
_LARGEST_CREW: Final = 8
"""The network keeps no more of them busy."""


def answers(
    files: Iterator[Path | ValueError], load: Callable[[], Recognizer], as_json: bool
) -> Generator[Told, None, None]:
    """Read file after file and tell what is in each, in their order.

    load gives the network. It is called once the first file that can be read was found: importing
    Keras takes seconds. Abandoned, the iterator must be closed.
    """
    feed = NameFeed(files)
    try:
        while named := feed.take(1):
            [(_, file)] = named
            try:
                if isinstance(file, ValueError):
                    raise file
                check_readable(file)
            except ValueError as error:
                yield refusal(error)
                continue
            feed.put_back(*named)
            yield from _read(feed, load, as_json)
    finally:
        feed.close()


def _read(feed: NameFeed, load: Callable[[], Recognizer], as_json: bool) -> Iterator[Told]:
    crew = _crew() if feed.has_ahead(_MANY, _PATIENCE_S) else None
    if crew is not None:
        with crew:
            yield from crew.answers(feed, load(), as_json)
        return
    network = load()
    while files := feed.take(_TOGETHER):
        for _, answer in read_files(files, network, as_json):
            yield answer


def _crew() -> Crew | None:
    from qtdigits.cli.crew import Crew

    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    try:
        return Crew(min(usable + 1, _LARGEST_CREW))
    except OSError:  # no more processes may be started: it is slower without
        return None
