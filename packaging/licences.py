"""The licences of everything in the bundle, as one text; and what its licence keeps out of it.

write_licences(work / "licences.txt.gz", entries)  # it becomes resources/licences.txt.gz
"""

from __future__ import annotations

import csv
import gzip
import os
import re
import sys
import sysconfig
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Final

from project import ROOT
from qtdigits.core.licences import Notice, as_text, canonical, notice_of
from system_packages import common_texts, notices_of

_GPL_ONLY_QT: Final = (
    *("canvaspainter", "charts", "coap", "datavisualization", "graphs", "grpc", "httpserver"),
    *("lottie", "mqtt", "networkauth", "opcua", "protobuf", "quick3d", "quicktimeline"),
    *("shadertools", "virtualkeyboard", "waylandcompositor"),
)
"""How the names of Qt's modules begin that are not under the LGPL."""
_GPL_ONLY_LIBRARIES: Final = ("readline", "gdbm", "_gdbm")
_MICROSOFT: Final = ("vcruntime", "msvcp", "concrt", "ucrtbase", "api-ms-win")
_MICROSOFT_TEXT: Final = (
    "Parts of the Microsoft Visual C++ runtime, distributed with programs as the licence terms of "
    "Microsoft Visual Studio allow for the files on its list of redistributable code."
)
_BOOTLOADER: Final = "pyinstaller"
_OURS: Final = "qtdigits"
_LIBRARIES: Final = Path(sysconfig.get_path("platlib")).resolve()
"""The folder of all installed packages."""
_PYTHON: Final = "Python"


class LicenceError(Exception):
    """The bundle must not be made as it is; the text says why."""


def write_licences(target: Path, entries: Iterable[tuple[str, str]]) -> None:
    """Write, gzipped, the licences of all that is packed: entries are names there, and files.

    Raises LicenceError when something in it is under the GPL alone, or has no known licence.
    """
    packed = sorted(set(entries))
    refused = gpl_only_modules(name for name, _ in packed)
    if refused:
        raise LicenceError(
            "the executable file must not hold what is under the GPL alone: " + ", ".join(refused)
        )
    owners = {_OURS, _BOOTLOADER}
    foreign = []
    files = _files_of_distributions()
    for name, file in packed:
        owner = _owner(name, Path(file), files)
        if owner is None:
            foreign.append(Path(file))
        else:
            owners.add(owner)
    notices = [notice_of(metadata.distribution(name)) for name in sorted(owners - {_PYTHON, _OURS})]
    ours = notice_of(metadata.distribution(_OURS))
    text = as_text([ours, python_notice(), *notices, *_foreign_notices(foreign)])
    target.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def gpl_only_modules(names: Iterable[str]) -> list[str]:
    """Those names of modules, libraries, plugins or folders that are of parts under the GPL alone.

    Names may be dotted, or paths with either slash: PySide6.QtCharts, Qt/lib/libQt6Graphs.so.6.
    """
    return sorted({name for name in names if any(map(_is_gpl_only, re.split(r"[/\\.]", name)))})


def python_notice() -> Notice:
    """Python itself, with its library and what is built into it. Raises LicenceError."""
    version = ".".join(str(number) for number in sys.version_info[:3])
    library = Path(sysconfig.get_path("stdlib"))
    for folder in (library, Path(sys.base_prefix), library.parent):
        for name in ("LICENSE.txt", "LICENSE"):
            if (folder / name).is_file():
                text = (folder / name).read_text(encoding="utf-8", errors="replace")
                return Notice("Python", version, "PSF-2.0", text.strip("\n"))
    found, _ = notices_of([Path(os.__file__)])
    if not found:
        raise LicenceError(f"the licence of Python is not in {library}")
    return Notice("Python", version, "PSF-2.0", found[0].text)


def _is_gpl_only(part: str) -> bool:
    plain = part.lower().removeprefix("lib")
    if plain in _GPL_ONLY_LIBRARIES:
        return True
    found = re.match(r"qt6?(.*)", plain)
    return found is not None and found[1].startswith(_GPL_ONLY_QT)


def _files_of_distributions() -> dict[str, str]:
    """Each installed file, relative to _LIBRARIES -> the distribution that it belongs to."""
    files = {}
    for distribution in metadata.distributions(path=[str(_LIBRARIES)]):
        name = canonical(str(distribution.metadata["Name"]))
        # Distribution.files would look for each file on the disk, tens of thousands of them.
        for row in csv.reader((distribution.read_text("RECORD") or "").splitlines()):
            files[row[0]] = name
    return files


def _owner(name: str, file: Path, files: dict[str, str]) -> str | None:
    """The distribution that an entry belongs to, or Python; None for a library of the system."""
    bundled = name.replace("\\", "/")
    for candidate in (_relative(file, _LIBRARIES), bundled, bundled.removesuffix("c")):
        if candidate in files:
            return files[candidate]
    path = file.resolve()
    if _is_pythons(path):
        return _PYTHON
    return _OURS if path.is_relative_to(ROOT) else None


def _is_pythons(path: Path) -> bool:
    """Whether a file came with Python: its library, and all around it but where systems have it."""
    prefix = Path(sys.base_prefix).resolve()
    homes = [Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib")]
    if prefix not in (Path("/usr"), Path("/usr/local")):
        homes.append(prefix)
    return path.name.startswith("libpython") or any(map(path.is_relative_to, homes))


def _relative(file: Path, folder: Path) -> str:
    path = file.resolve()
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else ""


def _foreign_notices(files: list[Path]) -> list[Notice]:
    """Those of the system's libraries. Raises LicenceError for what nobody knows."""
    microsoft = [file for file in files if file.name.lower().startswith(_MICROSOFT)]
    found, unknown = notices_of([file for file in files if file not in microsoft])
    if unknown:
        raise LicenceError(
            "no licence is known of " + ", ".join(str(file) for file in unknown) + "; "
            "packaging/licences.py must name it, or the file must not be packed"
        )
    runtime = Notice("Microsoft Visual C++ runtime", "", "redistributable", _MICROSOFT_TEXT)
    return [*found, *([runtime] if microsoft else []), *common_texts(found)]
