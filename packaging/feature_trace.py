"""Runs features of the program and records what they load, which decides what is packed.

Each feature runs in a process of its own, and its child processes are recorded, too. A record
names the modules that were imported, the files that were opened below the libraries' folder, and
the shared libraries that were in memory at the end (known on Linux only; elsewhere all those of
the packages that were imported are packed).
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from features import Feature

LIBRARIES: Final = Path(sysconfig.get_path("platlib")).resolve()
"""The folder of all installed packages."""
_FOLDER_VARIABLE: Final = "QTDIGITS_TRACE"
_MAPS: Final = Path("/proc/self/maps")


@dataclass(frozen=True, slots=True)
class Trace:
    """What was loaded: names of modules, and files relative to LIBRARIES."""

    modules: frozenset[str]
    files: frozenset[str]


def trace(features: tuple[Feature, ...], work: Path) -> Trace:
    """Run all features in a folder, in which their files and what they print stay.

    Raises RuntimeError when one fails.
    """
    from features import run_feature, write_printed  # not at the top: the traced processes lack it

    modules: set[str] = set()
    files: set[str] = set()
    with tempfile.TemporaryDirectory() as records:
        environ = os.environ | {
            _FOLDER_VARIABLE: records,
            # site imports it in every process, so in the children that a feature starts, too.
            "PYTHONPATH": os.pathsep.join([_hook_folder(Path(records)), *_given_path()]),
        }
        for feature in features:
            print(f"tracing {feature.name} …", file=sys.stderr, flush=True)
            done = run_feature([sys.executable, "-m", "qtdigits"], feature, work, environ)
            if done.returncode != 0:
                raise RuntimeError(f"{feature.name} failed: {done.stderr.strip()}")
            write_printed(feature, done, work)
        for record in Path(records).glob("*.json"):
            loaded = json.loads(record.read_text(encoding="utf-8"))
            modules.update(loaded["modules"])
            files.update(loaded["files"])
    return Trace(frozenset(modules), frozenset(files))


def write_trace(found: Trace, file: Path) -> None:
    """Keep a trace for the spec."""
    content = {"modules": sorted(found.modules), "files": sorted(found.files)}
    file.write_text(json.dumps(content), encoding="utf-8")


def read_trace(file: Path) -> Trace:
    """What write_trace() kept."""
    content = json.loads(file.read_text(encoding="utf-8"))
    return Trace(frozenset(content["modules"]), frozenset(content["files"]))


def record_this_process() -> None:
    """Write down at the end of this process what it loaded."""
    opened: set[str] = set()

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("open", "ctypes.dlopen") and isinstance(arguments[0], str):
            opened.add(arguments[0])

    sys.addaudithook(note)
    atexit.register(_write_record, Path(os.environ[_FOLDER_VARIABLE]), opened)


def _write_record(folder: Path, opened: set[str]) -> None:
    loaded = {name: module for name, module in list(sys.modules.items()) if module is not None}
    places = [str(getattr(module, "__file__", None) or "") for module in loaded.values()]
    files = {_in_libraries(path) for path in [*opened, *_mapped(), *places]} - {""}
    record = {"modules": sorted(loaded), "files": sorted(files)}
    handle, _ = tempfile.mkstemp(suffix=".json", dir=folder)
    with open(handle, "w", encoding="utf-8") as stream:
        json.dump(record, stream)


def _mapped() -> list[str]:
    """The files in this process's memory, where the system tells."""
    if not _MAPS.exists():
        return []
    lines = [line.split(maxsplit=5) for line in _MAPS.read_text().splitlines()]
    return sorted({fields[5] for fields in lines if len(fields) == 6 and fields[5][0] == "/"})


def _in_libraries(path: str) -> str:
    """The path relative to LIBRARIES, '' for one that lies elsewhere or is no file."""
    full = Path(path)
    if not full.is_absolute() or not full.is_file():
        return ""
    try:
        return full.resolve().relative_to(LIBRARIES).as_posix()
    except ValueError:
        return ""


def _hook_folder(records: Path) -> str:
    folder = records / "hook"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        f"import runpy\nrunpy.run_path({str(Path(__file__).resolve())!r}, run_name='traced')\n"
    )
    return str(folder)


def _given_path() -> list[str]:
    return [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]


if __name__ == "traced":
    record_this_process()
