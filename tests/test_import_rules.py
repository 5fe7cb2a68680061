"""Holds the import rule: who may import whom, so that every part can be tested by itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import qtdigits

SOURCE = Path(qtdigits.__file__).parent
CORE_LIBRARIES = frozenset({"numpy", "PIL"})
KERAS = frozenset({"keras", "tensorflow"})
BASE = frozenset({"qtdigits"})  # the version, and nothing else


@dataclass(frozen=True)
class Rule:
    """What the modules under one place may import besides the standard library and themselves."""

    ours: frozenset[str] = frozenset()
    """Our own packages or modules, with all below them."""
    libraries: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()
    """What may be imported inside functions only: ours or a library."""
    never: frozenset[str] = frozenset()
    """Exceptions from `libraries`."""


def ours(*names: str) -> frozenset[str]:
    return BASE | {f"qtdigits.{name}" for name in names}


QT = frozenset({"PySide6", "shiboken6", "numpy"})
# What every part of ui may use: the look, and what is set.
SHARED = (
    *("ui.theme", "ui.theme_colors", "ui.stylesheet", "ui.icons", "ui.settings_store"),
    "ui.plain_text",
)
HISTORY = ("history_desk", "history_window", "people_desk", "transfer_desk")
PICTURES = ("picture_session", "picture_changes", "picture_desk")
HELPERS = ("core", *SHARED)

# The most exact place that matches is the one that counts.
RULES: dict[str, Rule] = {
    "qtdigits.core": Rule(ours("core"), CORE_LIBRARIES),
    "qtdigits.core.paths": Rule(ours("core"), CORE_LIBRARIES | {"platformdirs"}),
    "qtdigits.ml": Rule(ours("core", "ml"), CORE_LIBRARIES | KERAS | {"h5py"}),
    "qtdigits.cli": Rule(ours("core", "cli"), CORE_LIBRARIES, late=ours("ml")),
    "qtdigits.ui": Rule(ours("core", "ui"), QT),
    **{f"qtdigits.{name}": Rule(ours(*HELPERS), QT) for name in SHARED},
    "qtdigits.ui.items": Rule(ours(*HELPERS, "ui.items"), QT),
    "qtdigits.ui.workers": Rule(
        ours("core", "ui.workers"), QT, never=frozenset({"PySide6.QtWidgets"})
    ),
    "qtdigits.ui.canvas": Rule(ours(*HELPERS, "ui.canvas"), QT),
    "qtdigits.ui.views": Rule(ours(*HELPERS, "ui.views", "ui.canvas", "ui.items"), QT),
    # Charts: imported when the first one is shown, for it takes a quarter of a second.
    "qtdigits.ui.views.training.curve_plot": Rule(
        ours(*HELPERS), QT, late=frozenset({"pyqtgraph"})
    ),
    "qtdigits.ui.dialogs": Rule(
        ours(*HELPERS, "ui.dialogs", "ui.views", "ui.canvas", "ui.items"), QT
    ),
    "qtdigits.session": Rule(
        ours("core", "ui.workers", "ui.items"), QT, never=frozenset({"PySide6.QtWidgets"})
    ),
    "qtdigits.training_session": Rule(
        ours("core", "ui.workers"), QT, never=frozenset({"PySide6.QtWidgets"})
    ),
    "qtdigits.lesson_session": Rule(
        ours("core", "ui.workers"), QT, never=frozenset({"PySide6.QtWidgets"})
    ),
    "qtdigits.lesson_offer": Rule(ours("core", "ui", "history_desk"), QT),
    "qtdigits.lesson_desk": Rule(
        ours("core", "ui", "lesson_session", "lesson_offer", "history_desk", "people_desk"), QT
    ),
    "qtdigits.picture_changes": Rule(
        ours("core", "ui.items"), QT, never=frozenset({"PySide6.QtWidgets"})
    ),
    "qtdigits.picture_session": Rule(
        ours("core", "picture_changes", "ui.workers", "ui.items"),
        QT,
        never=frozenset({"PySide6.QtWidgets"}),
    ),
    "qtdigits.picture_desk": Rule(ours("core", "ui", "picture_session"), QT),
    "qtdigits.history_desk": Rule(ours("core", "ui", "session"), QT),
    "qtdigits.reading_desk": Rule(ours("core", "ui", "session"), QT),
    "qtdigits.people_desk": Rule(ours("core", "ui"), QT),
    "qtdigits.transfer_desk": Rule(ours("core", "ui"), QT),
    "qtdigits.history_window": Rule(ours("core", "ui", "history_desk", "people_desk"), QT),
    "qtdigits.process_desk": Rule(ours("core", "ui"), QT),
    "qtdigits.recovery_desk": Rule(ours("core", "ui", "session", "people_desk"), QT),
    "qtdigits.library_desk": Rule(ours("core", "ui"), QT),
    "qtdigits.mnist_desk": Rule(ours("core", "ui"), QT),
    "qtdigits.network_desk": Rule(
        ours("core", "ui", "training_session", "library_desk", "mnist_desk"), QT
    ),
    "qtdigits.app": Rule(
        ours(
            *("core", "ui", "session", "network_desk", "lesson_desk", *HISTORY, *PICTURES, "app"),
            *("process_desk", "reading_desk", "recovery_desk"),
        ),
        QT | {"platformdirs"},
        late=ours("ml", "cli"),
    ),
    "qtdigits.demo": Rule(ours("core", "ui", "session", "app"), QT),
    "qtdigits.self_test": Rule(ours("core", "ui", "app", "self_test"), QT),
    "qtdigits.start_watch": Rule(ours("core", "ui", "app"), QT),
    # Runs before anything is unpacked: neither Qt nor numpy is there.
    "qtdigits.frozen": Rule(
        ours("core.file_lock", "core.home", "core.paths", "cli.streams", "frozen"),
        frozenset({"zstandard"}),
        late=ours("__main__"),
    ),
    "qtdigits.__main__": Rule(
        ours("cli.streams", "core.home", "core.recognizer"),
        late=ours("cli", "app", "self_test", "start_watch", "core.one_instance", "core.paths"),
    ),
    "qtdigits.library": Rule(ours("core"), CORE_LIBRARIES, late=ours("ml")),
    "qtdigits": Rule(late=ours("library")),
}


def is_below(name: str, place: str) -> bool:
    return name == place or name.startswith(place + ".")


def rule_for(module: str) -> Rule:
    return RULES[max((place for place in RULES if is_below(module, place)), key=len)]


def imports(tree: ast.AST, inside_function: bool = False) -> Iterator[tuple[str, bool, int]]:
    """Every import: what, whether inside a function, and the line. Those for types do not run."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, inside_function, node.lineno
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                base = "." * node.level + (node.module or "")
                yield f"{base}.{alias.name}", inside_function, node.lineno
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from imports(node, inside_function or is_function)


def violations(module: str, source: str) -> list[str]:
    """One sentence for every import in a module's source that its rule does not allow."""
    rule = rule_for(module)
    found = []
    for name, inside_function, line in imports(ast.parse(source)):
        top = name.split(".")[0]
        late = inside_function and any(is_below(name, x) or top == x for x in rule.late - BASE)
        if top == "qtdigits":
            allowed = any(is_below(name, x) for x in rule.ours - BASE) or name in (
                "qtdigits.__version__",
                "qtdigits",
            )
        else:
            allowed = top in sys.stdlib_module_names or top in rule.libraries
            allowed = allowed and not any(is_below(name, x) for x in rule.never)
        if not (allowed or late):
            found.append(f"{module}, line {line}, must not import {name} here")
    return found


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}


@pytest.mark.parametrize("module", MODULES)
def test_module_keeps_the_rule(module: str) -> None:
    assert violations(module, MODULES[module].read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("qtdigits.core.ink", "import PySide6.QtCore"),
        ("qtdigits.core.ink", "from PySide6 import QtCore"),
        ("qtdigits.core.ink", "def f():\n    import keras"),
        ("qtdigits.core.ink", "from qtdigits.ui.canvas import ink_render"),
        ("qtdigits.core.ink", "import platformdirs"),
        ("qtdigits.core.ink", "from . import raster"),
        ("qtdigits.ml.network", "from PySide6.QtCore import QObject"),
        ("qtdigits.ml.network", "from qtdigits.cli import train"),
        ("qtdigits.cli.train", "from qtdigits.ml.train import train"),
        ("qtdigits.cli.train", "from qtdigits import ml"),
        ("qtdigits.cli.train", "def f():\n    from PySide6.QtCore import QObject"),
        ("qtdigits.cli.train", "def f():\n    from qtdigits.ui import theme"),
        ("qtdigits.ui.theme", "import tensorflow as tf"),
        ("qtdigits.ui.views.main_window", "def f():\n    from qtdigits.ml import recognizer"),
        ("qtdigits.ui.views.main_window", "from qtdigits.ui.workers.inference import Worker"),
        ("qtdigits.ui.views.main_window", "from qtdigits.ui.dialogs.settings import Settings"),
        ("qtdigits.ui.items.history", "from qtdigits.ui.canvas.ink_render import thumbnail"),
        ("qtdigits.ui.canvas.ink_canvas", "from qtdigits.ui.items import history"),
        ("qtdigits.ui.canvas.ink_canvas", "try:\n    import keras\nexcept ImportError:\n    pass"),
        ("qtdigits.ui.workers.inference", "from PySide6.QtWidgets import QWidget"),
        ("qtdigits.ui.workers.inference", "from qtdigits.session import Session"),
        ("qtdigits.session", "from PySide6.QtWidgets import QWidget"),
        ("qtdigits.session", "from PySide6 import QtWidgets"),
        ("qtdigits.session", "from qtdigits.ui.views.main_window import MainWindow"),
        ("qtdigits.app", "from qtdigits.ml.recognizer import KerasRecognizer"),
        ("qtdigits.app", "import qtdigits.ml.recognizer"),
        ("qtdigits.__main__", "from qtdigits.app import run"),
        ("qtdigits.__main__", "def f():\n    from qtdigits.frozen import start"),
        ("qtdigits.frozen.start", "import numpy"),
        ("qtdigits.frozen.start", "from qtdigits.core import ink"),
        ("qtdigits.frozen.cache", "from qtdigits.app import run"),
    ],
)
def test_broken_rule_is_found(module: str, source: str) -> None:
    assert len(violations(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("qtdigits.core.paths", "import platformdirs"),
        ("qtdigits.core.raster", "from PIL import Image\nimport numpy as np\nimport math"),
        ("qtdigits.cli.train", "def f():\n    from qtdigits.ml.train import train"),
        ("qtdigits.app", "def load():\n    from qtdigits.ml.recognizer import KerasRecognizer"),
        ("qtdigits.ui.views.about", "from qtdigits import __version__"),
        ("qtdigits.frozen.part", "import zstandard"),
        ("qtdigits.ui.dialogs.teach", "from qtdigits.ui.canvas.ink_canvas import InkCanvas"),
        (
            "qtdigits.core.ink",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import keras",
        ),
    ],
)
def test_allowed_import_is_not_found(module: str, source: str) -> None:
    assert violations(module, source) == []


def test_core_loads_neither_qt_nor_keras() -> None:
    modules = [name for name in MODULES if is_below(name, "qtdigits.core")]
    program = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "heavy = {'PySide6', 'shiboken6', 'keras', 'tensorflow'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or None)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
