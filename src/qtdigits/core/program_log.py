"""The one log of the program: small, rotating, and silent where it cannot be written."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from qtdigits.core.own_folder import make_own_folder

LOG_NAME: Final = "qtdigits.log"
_BYTES: Final = 512 << 10
_OLDER: Final = 2
_FORM: Final = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One exception that nobody caught: what it says in a line, and where it came from."""

    summary: str
    details: str


class _QuietHandler(RotatingFileHandler):
    """Writes what it can: that a disk is full must not end, or be printed over, anything."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        pass


def open_log(folder: Path) -> logging.Handler:
    """What takes the records of the root logger from now on, made known to it already.

    Where there can be no file, nothing is kept, and nothing is said.
    """
    handler: logging.Handler
    try:
        make_own_folder(folder)
        remove_pipe(folder / LOG_NAME)
        handler = _QuietHandler(
            folder / LOG_NAME, maxBytes=_BYTES, backupCount=_OLDER, encoding="utf-8", delay=False
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter(_FORM))
    root = logging.getLogger()
    root.addHandler(handler)
    logging.getLogger("qtdigits").setLevel(logging.INFO)
    return handler


def remove_pipe(file: Path) -> None:
    """Remove a pipe in a file's place, which would be waited for without end; raises OSError."""
    if file.is_fifo():
        file.unlink()


def close_log(handler: logging.Handler) -> None:
    """Take it from the root logger and close its file."""
    logging.getLogger().removeHandler(handler)
    with suppress(OSError):  # a full disk, once more
        handler.close()


def read_log(folder: Path) -> str:
    """All that the log holds, the oldest first; '' where there is none."""
    texts = []
    for name in (*(f"{LOG_NAME}.{n}" for n in range(_OLDER, 0, -1)), LOG_NAME):
        with suppress(OSError):
            if (folder / name).is_file():  # a pipe would be waited for without end
                texts.append((folder / name).read_text(encoding="utf-8", errors="replace"))
    return "".join(texts)
