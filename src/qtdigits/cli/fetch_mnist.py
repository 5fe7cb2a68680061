"""qtdigits fetch-mnist: get MNIST to train with, once."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from qtdigits.cli.arguments import add_json
from qtdigits.cli.errors import FAILED, say

if TYPE_CHECKING:
    from pathlib import Path

    from qtdigits.cli.arguments import Subparsers
    from qtdigits.core.mnist_download import FetchProgress, Report

_ORPHANED: Final = 3
"""The exit status, which nobody is left to read."""


def add_parser(subparsers: Subparsers) -> None:
    """Describe the sub-command."""
    parser = subparsers.add_parser(
        "fetch-mnist",
        help="fetch MNIST, 11.5 MB, to train with --data mnist",
        description="Fetch MNIST (11.5 MB) once from storage.googleapis.com, for 'qtdigits train "
        "--data mnist' and the training dialog. What is interrupted goes on where it was. Behind a "
        "proxy, set https_proxy. This is all that qtdigits ever uses the network for; without "
        "one, train with a file of yours or with the synthetic pen.",
    )
    add_json(parser, "one JSON object")
    parser.add_argument(
        "--events",
        action="store_true",
        help="as the child of another program: print events as lines of JSON and nothing else; "
        "the end of standard input ends the process",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Fetch it; returns the exit status."""
    if args.events and args.json:
        raise ValueError("--events prints nothing but events; leave --json out")
    from qtdigits.core.paths import mnist_file

    target = mnist_file()
    return _for_parent(target) if args.events else _for_person(target, args.json)


def _for_person(target: Path, as_json: bool) -> int:
    from qtdigits.core.mnist_download import NotFetchedError, fetch

    shows = not as_json and sys.stderr.isatty()
    try:
        fetch(target, _show if shows else _show_nothing)
    except NotFetchedError as error:
        if shows:
            print(file=sys.stderr)
        say(str(error))
        return FAILED
    if shows:
        print(file=sys.stderr)
    if as_json:
        import json

        print(json.dumps({"path": str(target)}))
    else:
        print(f"MNIST lies in {target}; train with it by --data mnist.")
    return 0


def _show(progress: FetchProgress) -> None:
    """One line of a terminal, written anew each time."""
    done = f"{progress.done / 1e6:.1f} of {progress.size / 1e6:.1f} MB"
    print(f"\rMNIST: {done}", end="", file=sys.stderr, flush=True)


def _show_nothing(progress: FetchProgress) -> None:
    pass


def _for_parent(target: Path) -> int:
    from qtdigits.core.fetch_events import Fetched, FetchEvent, FetchFailed, to_line
    from qtdigits.core.mnist_download import NotFetchedError, fetch

    def send(event: FetchEvent) -> None:
        print(to_line(event), flush=True)

    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    report: Report = send
    try:
        fetch(target, report)
    except NotFetchedError as error:
        send(FetchFailed(str(error)))
        return FAILED
    send(Fetched(target))
    return 0


def _end_with_parent() -> None:
    """End at once when the parent closes its end, be it that it has died."""
    with suppress(OSError):
        while os.read(0, 1024):
            pass
    os._exit(_ORPHANED)
