"""A module or an import that no feature loads is noticed when the file is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from feature_trace import Trace
from untraced import untraced


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    package = tmp_path / "qtdigits"
    package.mkdir()
    (package / "__init__.py").touch()
    return tmp_path


def trace(*modules: str) -> Trace:
    return Trace(frozenset({"qtdigits", *modules}), frozenset())


def test_all_that_was_loaded_is_no_trouble(sources: Path) -> None:
    (sources / "qtdigits" / "reader.py").write_text("import json\nimport numpy.linalg\n")
    assert untraced(trace("qtdigits.reader", "numpy.linalg"), sources) == []


def test_module_that_no_feature_loads_is_named(sources: Path) -> None:
    (sources / "qtdigits" / "reader.py").write_text("import keras\n")
    assert untraced(trace(), sources) == ["qtdigits.reader"]


@pytest.mark.parametrize(
    "source",
    [
        "def load():\n    import keras.saving\n",
        "try:\n    from keras.saving import load_model\nexcept ImportError:\n    pass\n",
    ],
)
def test_late_import_that_never_ran_is_named(sources: Path, source: str) -> None:
    (sources / "qtdigits" / "reader.py").write_text(source)
    assert untraced(trace("qtdigits.reader"), sources) == ["keras.saving in qtdigits.reader"]


def test_import_for_types_alone_needs_no_feature(sources: Path) -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from keras import Model\n"
    (sources / "qtdigits" / "reader.py").write_text(text)
    assert untraced(trace("qtdigits.reader"), sources) == []


def test_what_runs_in_the_executable_file_alone_needs_no_feature(sources: Path) -> None:
    (sources / "qtdigits" / "frozen").mkdir()
    (sources / "qtdigits" / "frozen" / "start.py").touch()
    (sources / "qtdigits" / "frozenness.py").touch()
    assert untraced(trace(), sources) == ["qtdigits.frozenness"]
