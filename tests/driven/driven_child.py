"""Starts the program as `python -m qtdigits` does; where it opens a window, a test drives that."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from qtdigits.__main__ import main
from qtdigits.core.one_instance import OneInstance, Part

BEGIN = OneInstance.begin


def begin(self: OneInstance, files: Sequence[Path] = (), answer_s: float = 8.0) -> Part:
    part = BEGIN(self, files, answer_s)
    if part is not Part.LATER:
        from driven_program import install

        install()
    return part


if __name__ == "__main__":
    OneInstance.begin = begin  # type: ignore[method-assign]  # a later start stays as quick as it is
    sys.exit(main([]))
