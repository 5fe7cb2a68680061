"""python -m qtdigits, and the frozen entry point: a sub-command, or else the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from qtdigits.cli.streams import prepare_streams


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the arguments (those of the process if None) ask for; returns the exit status."""
    prepare_streams()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments:
        from qtdigits.cli.parser import run_command

        return run_command(arguments)
    from qtdigits.app import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
