"""Running pip with one line of progress in place of its report; runs on Python 3.8 and later."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Mapping, Sequence, TextIO

_LOOKING_UP = re.compile(r"Collecting (?P<name>[\w.-]+)")
_FETCHING = re.compile(r"\s*Downloading (?P<file>\S+)(?: \((?P<size>[^)]*)\))?")
_ERROR = re.compile(r"\s*(ERROR\b|\w*Error: )")
_LARGE = re.compile(r"\d{2,}(\.\d+)? MB|GB")


def describe(line: str) -> str:
    """What a line of pip's report means to a person, or "" where it means nothing."""
    if line.startswith("Installing collected packages:"):
        count = line.count(",") + 1
        return "unpacking {} package{}".format(count, "" if count == 1 else "s")
    found = _LOOKING_UP.match(line)
    if found is not None:
        return "looking up {}".format(found["name"])
    found = _FETCHING.match(line)
    if found is None:
        return ""
    name = "-".join(found["file"].rsplit("/", 1)[-1].split("-")[:2])
    return "fetching {} ({})".format(name, found["size"]) if found["size"] else ""


class _Progress:
    """Rewrites one line on a terminal; elsewhere prints only the steps that take long."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._is_terminal = out.isatty()
        self._started = time.monotonic()

    def show(self, step: str) -> None:
        if self._is_terminal:
            text = "  {:4.0f} s  {}".format(time.monotonic() - self._started, step)
            self._out.write("\r\x1b[K" + text[:78])
        elif _LARGE.search(step) or step.startswith("unpacking"):
            self._out.write("  {}\n".format(step))
        self._out.flush()

    def finish(self) -> None:
        if self._is_terminal:
            self._out.write("\r\x1b[K")
            self._out.flush()


def run_pip(command: Sequence[str], root: Path, log: Path, out: TextIO = sys.stdout) -> str:
    """Run a pip command in `root`, its whole report in `log`.

    Returns pip's last words where it failed, else "".
    """
    # Old pips hand the first of these to the build of the project itself, new ones the second.
    # The file is named relative to `root`, because pip splits these variables at blanks.
    environ = dict(
        os.environ,
        PIP_CONSTRAINT="constraints.txt",
        PIP_BUILD_CONSTRAINT="constraints.txt",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_ROOT_USER_ACTION="ignore",
        PYTHONUNBUFFERED="1",
    )
    with log.open("w") as report:
        return _follow([*command, "--progress-bar", "off"], root, environ, report, _Progress(out))


def _follow(
    command: Sequence[str],
    root: Path,
    environ: Mapping[str, str],
    report: TextIO,
    progress: _Progress,
) -> str:
    lines = []
    with subprocess.Popen(
        command,
        cwd=str(root),
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    ) as pip:
        assert pip.stdout is not None, "stdout was asked to be a pipe"
        for line in pip.stdout:
            report.write(line)
            lines.append(line.rstrip())
            step = describe(line)
            if step:
                progress.show(step)
        status = pip.wait()
    progress.finish()
    if status == 0:
        return ""
    words = [line for line in lines if line]
    errors = [line.strip() for line in words if _ERROR.match(line)]
    return "\n".join((errors or words)[-5:]) or "pip ended with status {}".format(status)
