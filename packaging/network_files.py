"""The files of TensorFlow, Keras and what they need that go into the executable file.

The traced features say which. Of TensorFlow that is what they loaded, and what its kept modules
import inside functions; the other packages are small, so their Python modules are kept whole and
only their data and libraries go by the trace. Modules are kept compiled, without their sources.
"""

from __future__ import annotations

import ast
import importlib.util
import py_compile
import shutil
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from feature_trace import LIBRARIES, Trace
from strip_elf import stripped

WINDOW_PACKAGES: Final = frozenset(
    {"PySide6", "shiboken6", "numpy", "numpy.libs", "PIL", "pillow.libs"}
)
"""What the window's part holds; all that these import besides is in the archive of modules."""
_ARCHIVED: Final = frozenset({"qtdigits", "pyqtgraph", "platformdirs", "zstandard", "colorama"})
"""Pure Python that the window needs, and what the bootstrap unpacks with."""
_NOT_OURS: Final = {
    "_distutils_hack": "setuptools puts it into every process of a development environment",
    "setuptools": "only the development environment imports it, to watch for distutils",
    "pip": "installs packages",
    "_virtualenv.py": "belongs to a development environment",
    "sitecustomize": "is the trace itself",
}
_BIG: Final = frozenset({"tensorflow"})
"""Packages of which the trace alone decides."""
_WITH_SOURCE: Final = (
    "tensorflow/python/autograph/",
    "tensorflow/python/saved_model/signature_serialization.py",
    "keras/src/backend/tensorflow/layer.py",
)
"""AutoGraph reads the source of itself when it is imported, and of the other two when a network is
exported; it complains where there is none."""
_LEFT_OUT_FOLDERS: Final = {
    "tests": "tests of the libraries",
    "testing": "helpers for tests",
    "include": "headers for compiling",
    "__pycache__": "is compiled anew",
}
_LEFT_OUT_SUFFIXES: Final = frozenset({".pyi", ".pyx", ".pxd", ".c", ".cc", ".h", ".typed"})
"""For compilers and type checkers."""
_LIBRARY_SUFFIXES: Final = (".so", ".pyd", ".dll", ".dylib")


def network_packages(trace: Trace) -> frozenset[str]:
    """The top-level packages and modules that the network's part holds."""
    tops = {file.partition("/")[0] for file in trace.files}
    kept = {top for top in tops if not top.endswith((".dist-info", ".pth", ".libs", "__pycache__"))}
    return frozenset(
        top.split(".")[0] for top in kept - WINDOW_PACKAGES - _ARCHIVED - _NOT_OURS.keys()
    )


def collect(trace: Trace, stage: Path) -> dict[str, Path]:
    """Path in the part -> file, compiled and stripped copies of which lie in the stage folder."""
    shutil.rmtree(stage, ignore_errors=True)
    files: dict[str, Path] = {}
    for name in sorted(_kept(trace)):
        source = LIBRARIES / name
        if source.suffix == ".py":
            compiled = stage / f"{name}c"
            compiled.parent.mkdir(parents=True, exist_ok=True)
            py_compile.compile(
                str(source),
                cfile=str(compiled),
                dfile=name,
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
            files[f"{name}c"] = compiled
            if name.startswith(_WITH_SOURCE):
                files[name] = source
        elif is_library(source):
            files[name] = stripped(source, (stage / name).parent)
        else:
            files[name] = source
    return files


def kept_files(trace: Trace) -> dict[str, Path]:
    """Path in the installed packages -> the file there, of all that collect() takes."""
    return {name: LIBRARIES / name for name in _kept(trace)}


def standard_modules(trace: Trace) -> list[str]:
    """The modules of Python's own library that were loaded, or that kept modules import."""
    names = {name for name in trace.modules if name.split(".")[0] in sys.stdlib_module_names}
    for name in _kept(trace):
        if name.endswith(".py"):
            names.update(
                found
                for found in _imported(LIBRARIES / name)
                if found.split(".")[0] in sys.stdlib_module_names
            )
    return sorted(name for name in names if _is_module(name))


def window_modules(trace: Trace) -> list[str]:
    """What was loaded of packages that PyInstaller is left to collect."""
    packages = {"numpy", "PIL", *_ARCHIVED}
    return sorted(name for name in trace.modules if name.split(".")[0] in packages)


def is_library(path: Path) -> bool:
    """Whether the file is a shared library or an extension module."""
    return path.suffix in _LIBRARY_SUFFIXES or ".so." in path.name


@cache
def _kept(trace: Trace) -> frozenset[str]:
    """All files of the network's packages that go in, relative to LIBRARIES."""
    packages = network_packages(trace)
    kept = set()
    for file in trace.files:
        top = file.partition("/")[0]
        ours = top.split(".")[0] in packages
        if "__pycache__" in file:
            continue
        beside = top.endswith((".dist-info", ".libs")) and top not in WINDOW_PACKAGES
        if beside or (ours and not top.endswith(".dist-info")):
            kept.add(file)
    for package in packages - _BIG:
        kept.update(_relative(path) for path in _whole(package) if not _is_left_out(path))
    if not sys.platform.startswith("linux"):  # nobody told which were in memory
        for package in packages:
            kept.update(_relative(p) for p in (LIBRARIES / package).rglob("*") if is_library(p))
    return frozenset(kept | set(_late_imports(kept)))


def _whole(package: str) -> Iterator[Path]:
    """All modules and data files of a package, without its libraries."""
    folder = LIBRARIES / package
    if not folder.is_dir():
        yield from LIBRARIES.glob(f"{package}.py")
        return
    for path in folder.rglob("*"):
        if path.is_file() and not is_library(path):
            yield path


def _is_left_out(path: Path) -> bool:
    """Whether a file that the trace does not name is of no use in a program."""
    inside = set(path.relative_to(LIBRARIES).parts[:-1])
    return (
        bool(_LEFT_OUT_FOLDERS.keys() & inside)
        or path.suffix in _LEFT_OUT_SUFFIXES
        or path.name.endswith("_test.py")
    )


def _late_imports(kept: Iterable[str]) -> Iterator[str]:
    """The modules of big packages, with those around them, that kept modules import by name."""
    for name in kept:
        if not name.endswith(".py"):
            continue
        for imported in _imported(LIBRARIES / name):
            if imported.split(".")[0] in _BIG:
                yield from _files_of(imported)


def _files_of(module: str) -> Iterator[str]:
    """The source file of a module and of the packages that it lies in, where they exist."""
    parts = module.split(".")
    for length in range(1, len(parts) + 1):
        base = "/".join(parts[:length])
        for candidate in (f"{base}/__init__.py", f"{base}.py"):
            if (LIBRARIES / candidate).is_file():
                yield candidate


@cache
def _imported(source: Path) -> frozenset[str]:
    """Every name that a source file imports, anywhere in it; 'a.b' for `from a import b`, too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source.read_bytes())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(names)


def _is_module(name: str) -> bool:
    """Whether Python's own library has the module on this system."""
    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError, AttributeError):
        return False


def _relative(path: Path) -> str:
    return path.resolve().relative_to(LIBRARIES).as_posix()
