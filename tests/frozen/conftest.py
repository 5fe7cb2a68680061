"""A small part, as the executable file holds large ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qtdigits.frozen.part import Part, read_part
from write_part import write_part

CONTENTS = {
    "box/__init__.py": b"",
    "box/lid.py": b"WIDTH = 7\n",
    "box/large.bin": bytes(range(256)) * 120_000,
    "box/deep/er/last.txt": b"the end",
}


@pytest.fixture
def contents() -> dict[str, bytes]:
    """Path in the part -> what the file holds; more than three chunks."""
    return dict(CONTENTS)


@pytest.fixture
def make_part(tmp_path: Path) -> Callable[..., Part]:
    """Call it with contents (those above if none are given) for a part in a file."""

    def make(contents: dict[str, bytes] | None = None, name: str = "program") -> Part:
        sources = tmp_path / f"{name} sources"
        files = {}
        for path, content in (CONTENTS if contents is None else contents).items():
            file = sources / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            files[path] = file
        target = tmp_path / name
        write_part(target, files, {"box/same.txt": "deep/er/last.txt"}, ["box"], 1, tmp_path / "f")
        return read_part(target, 0, target.stat().st_size)

    return make
