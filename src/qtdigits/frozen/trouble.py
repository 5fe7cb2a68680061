"""Saying one sentence before there is a window, to a person at a terminal or without one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final

_TITLE: Final = "qtdigits"
_SHOWING_S: Final = 600
_MESSAGE_ERROR: Final = 0x10
"""Windows' MB_ICONERROR."""

Which = Callable[[str], str | None]


def tell(sentence: str) -> None:
    """Write the sentence to standard error; without a terminal, show it as the system can, too."""
    with suppress(OSError, AttributeError):  # a windowed program may have no stream
        print(f"{_TITLE}: {sentence}", file=sys.stderr, flush=True)  # noqa: T201 - its very job
    with suppress(OSError, ValueError, AttributeError):
        if sys.stderr.isatty():
            return
    with suppress(OSError, subprocess.SubprocessError):
        _show(sentence)


def _show(sentence: str) -> None:
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, sentence, _TITLE, _MESSAGE_ERROR)
        return
    command = dialog_command(sentence, os.environ, shutil.which)
    if command:
        subprocess.run(
            command,
            env=foreign_environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SHOWING_S,
            check=False,
        )


def dialog_command(
    sentence: str, environ: Mapping[str, str], which: Which, platform: str = sys.platform
) -> Sequence[str]:
    """The command that shows a sentence on this system, () where there is none or no screen."""
    if platform == "darwin":
        text = sentence.replace("\\", "\\\\").replace('"', '\\"')
        return ("osascript", "-e", f'display alert "{_TITLE}" message "{text}"')
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return ()
    known = (
        ("zenity", "--error", "--no-markup", f"--title={_TITLE}", f"--text={sentence}"),
        ("kdialog", "--title", _TITLE, "--error", sentence),
        ("xmessage", "-center", sentence),
        ("notify-send", "--urgency=critical", _TITLE, sentence),
    )
    return next((command for command in known if which(command[0])), ())


def foreign_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for programs that are not ours, without what the bootloader put into it."""
    kept = {
        name: value
        for name, value in environ.items()
        if not name.startswith(("_PYI_", "QT_", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"))
    }
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        if environ.get(f"{name}_ORIG"):
            kept[name] = environ[f"{name}_ORIG"]
    return kept
