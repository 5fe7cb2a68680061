"""A library is imported beside the window, once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from qtdigits.ui.workers.ahead import import_ahead


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A module that says which thread imported it."""
    name = "slow_library_of_a_test"
    code = "import threading\nimporter = threading.current_thread().name\n"
    (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, name, raising=False)
    return name


def test_library_is_imported_in_a_thread(library: str) -> None:
    thread = import_ahead(library)
    assert thread is not None
    thread.join(10)
    assert sys.modules[library].importer == f"import of {library}"
    assert not thread.daemon


def test_library_that_is_there_is_not_imported_again(library: str) -> None:
    first = import_ahead(library)
    assert first is not None
    first.join(10)
    assert import_ahead(library) is None


def test_missing_library_is_left_to_those_who_need_it() -> None:
    thread = import_ahead("no_such_library_anywhere")
    assert thread is not None
    thread.join(10)
    assert "no_such_library_anywhere" not in sys.modules
