"""A part is provided when one of its packages is imported, once."""

from __future__ import annotations

import importlib
import sys
import threading
from pathlib import Path

import pytest

from qtdigits.frozen.finder import PartFinder


def test_import_of_a_package_provides_its_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "boxed_part.py").write_text("LID = 1\n")
    monkeypatch.setattr(sys, "path", list(sys.path))
    finder = PartFinder(["boxed_part"], lambda: sys.path.append(str(tmp_path)))
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    try:
        assert importlib.import_module("boxed_part").LID == 1
    finally:
        sys.modules.pop("boxed_part", None)


def test_other_imports_provide_nothing() -> None:
    provided: list[int] = []
    finder = PartFinder(["box"], lambda: provided.append(1))
    assert finder.find_spec("lid") is None
    assert finder.find_spec("lid.box") is None
    assert provided == []


def test_part_is_provided_once() -> None:
    provided: list[int] = []
    finder = PartFinder(["box", "lid"], lambda: provided.append(1))
    for name in ("box", "lid", "box"):
        assert finder.find_spec(name) is None
    assert provided == [1]


def test_second_thread_waits_until_the_part_is_there() -> None:
    entered, leave = threading.Event(), threading.Event()
    order: list[str] = []

    def provide() -> None:
        entered.set()
        assert leave.wait(30)
        order.append("provided")

    finder = PartFinder(["box"], provide)

    def find() -> None:
        finder.find_spec("box")
        order.append("found")

    threads = [threading.Thread(target=find) for _ in range(2)]
    threads[0].start()
    assert entered.wait(30)
    threads[1].start()
    leave.set()
    for thread in threads:
        thread.join(30)
    assert order == ["provided", "found", "found"]


def test_failure_is_tried_again_at_the_next_import() -> None:
    tries: list[int] = []

    def provide() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("no space")

    finder = PartFinder(["box"], provide)
    with pytest.raises(OSError, match="no space"):
        finder.find_spec("box")
    finder.find_spec("box")
    assert len(tries) == 2
