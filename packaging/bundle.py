"""What goes into the executable file and where: the decisions behind qtdigits.spec."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol

from feature_trace import Trace
from licences import write_licences
from network_files import (
    WINDOW_PACKAGES,
    collect,
    is_library,
    kept_files,
    network_packages,
    standard_modules,
    window_modules,
)
from qtdigits.core.licences import BUNDLED
from qtdigits.frozen.surroundings import FONTS_FILE
from qtdigits.frozen.temporary import MARKER
from strip_elf import stripped
from write_part import write_part

Entry = tuple[str, str, str]
"""PyInstaller's (name in the bundle, file, kind)."""

_EXCLUDED_MODULES: Final = {
    "tkinter": "another toolkit; Pillow and pyqtgraph would take it",
    "_tkinter": "the same",
    "IPython": "pyqtgraph's notebook widgets",
    "matplotlib": "pyqtgraph's exporter and colour maps, which no chart of ours uses",
    "scipy": "pyqtgraph's filters",
    "OpenGL": "pyqtgraph's 3-D views",
    "pyqtgraph.opengl": "the same",
    "pyqtgraph.examples": "examples",
    "pyqtgraph.jupyter": "notebooks",
    "PySide6.QtNetwork": "nothing of ours talks to the network through Qt",
    "PySide6.QtQml": "no QML",
    "PySide6.QtQuick": "no QML",
    "PySide6.QtTest": "pyqtgraph takes it for its own tests",
    "PySide6.QtDBus": "nothing of ours uses the bus; Qt's own parts have the library",
    "PIL.AvifImagePlugin": "a format that is not read",
    "PIL._avif": "the same",
    "PIL.ImageTk": "another toolkit",
    "PIL.ImageQt": "pictures go to Qt as arrays",
    "numpy.f2py": "compiles Fortran",
    "numpy.distutils": "compiles extensions",
    "lib2to3": "translates Python 2",
    "idlelib": "an editor",
    "ensurepip": "installs pip",
    "test": "Python's own tests",
    "zstandard._cffi": "another way to the same library",
    "_cffi_backend": "the same",
    "readline": "its library is under the GPL alone; only a Python console would use it",
}
_PLUGINS: Final = {
    "platforms": ("xcb", "wayland", "offscreen", "windows", "cocoa"),
    "wayland": None,
    "xcbglintegrations": None,
    "imageformats": ("svg", "jpeg", "gif", "ico"),
    "iconengines": None,
    "platformthemes": ("xdgdesktopportal",),
    "platforminputcontexts": ("compose", "ibus"),
    "styles": None,
}
"""Kinds of Qt plugins that are kept, and which of them, None for all. Left out: what draws without
a window system (eglfs, linuxfb, vnc), GTK's theme, which takes GTK itself along, input from raw
devices, TLS and the network, the virtual keyboard, which takes QML along."""
_OWN_FOLDERS: Final = frozenset({"resources", "models"})
"""Our data, which commands need that need nothing of the window."""
_RUNTIME_HOOKS_LEFT_OUT: Final = {
    "pyi_rth_pyside6": "it imports Qt before its part is unpacked; the wheel finds its plugins",
    "pyi_rth_multiprocessing": "processes are started as command lines",
}


class Analysis(Protocol):
    """What is used of PyInstaller's analysis."""

    scripts: list[Entry]
    binaries: list[Entry]
    datas: list[Entry]
    pure: list[Entry]


class Bundle:
    """The decisions for one build, made from a trace."""

    def __init__(self, root: Path, work: Path, trace: Trace, level: int) -> None:
        """root: the checkout. work: where copies and parts are written. level: of zstd."""
        self._root = root
        self._work = work
        self._trace = trace
        self._level = level
        self._packages = network_packages(trace)

    def own_data(self) -> list[tuple[str, str]]:
        """Our own files, for Analysis."""
        folders = ["models", *(f"resources/{name}" for name in ("icons", "samples"))]
        data = [(str(self._root / at), at) for at in folders]
        if sys.platform.startswith("linux"):
            fonts = self._root / "packaging" / "linux" / Path(FONTS_FILE).name
            data.append((str(fonts), str(Path(FONTS_FILE).parent)))
        return data

    def modules(self) -> list[str]:
        """The modules that PyInstaller's archive must hold and no import tells of."""
        source = self._root / "src"
        ours = [
            ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
            for path in sorted((source / "qtdigits").rglob("*.py"))
        ]
        return [*ours, *standard_modules(self._trace), *window_modules(self._trace)]

    def excluded_modules(self) -> list[str]:
        """What PyInstaller is not to follow: the network's packages go into their own part."""
        return [*self._packages, *_EXCLUDED_MODULES]

    def trim(self, analysis: Analysis) -> None:
        """Take away what PyInstaller's hooks collected too much."""
        analysis.scripts = [
            entry for entry in analysis.scripts if entry[0] not in _RUNTIME_HOOKS_LEFT_OUT
        ]
        analysis.datas = [entry for entry in analysis.datas if "translations" not in entry[0]]
        binaries = [entry for entry in analysis.binaries if _is_wanted(entry[0])]
        analysis.binaries = _needed(binaries)

    def add_licences(self, analysis: Analysis) -> None:
        """Add the licences of all that is packed; raises LicenceError for what must not be."""
        target = self._work / BUNDLED
        entries = [*analysis.binaries, *analysis.datas, *analysis.pure]
        packed = [(name, file) for name, file, kind in entries if kind != "SYMLINK" and file]
        packed += [(name, str(file)) for name, file in kept_files(self._trace).items()]
        write_licences(target, packed)
        analysis.datas.append((f"resources/{BUNDLED}", str(target), "DATA"))

    def divide(
        self, binaries: Iterable[Entry], datas: Iterable[Entry]
    ) -> tuple[list[Entry], list[Entry]]:
        """What the bootloader unpacks at each start, and the two parts."""
        entries = [*binaries, *datas]
        base_names = _base_names(entries)
        names = {name.replace("\\", "/") for name, _, _ in entries}
        base, files, links = [], {}, {}
        for name, file, kind in entries:
            path = name.replace("\\", "/")
            if name in base_names:
                base.append((name, str(self._smaller(path, Path(file), kind)), kind))
            elif kind == "SYMLINK":
                if (Path(path).parent / file).as_posix() in names:
                    links[path] = file
            else:
                files[path] = self._smaller(path, Path(file), kind)
        # PyInstaller sorts by kind and name, so that the marker is unpacked first.
        marker = self._work / MARKER
        marker.touch()
        base.append((MARKER, str(marker), "EXECUTABLE"))
        window = self._work / "window.part"
        frames = self._work / "frames"
        write_part(window, files, links, WINDOW_PACKAGES, self._level, frames)
        network = self._work / "network.part"
        write_part(network, self._network_files(), {}, self._packages, self._level, frames)
        return base, [(part.name, str(part), "PKG") for part in (window, network)]

    def network_data(self) -> list[Entry]:
        """The network's files for the folder."""
        return [(name, str(path), "DATA") for name, path in self._network_files().items()]

    def compression(self) -> dict[str, bool]:
        """By PyInstaller's kinds: the little that the bootloader unpacks is quicker as it is."""
        return dict.fromkeys(("EXTENSION", "DATA", "BINARY", "EXECUTABLE", "PYZ", "SYMLINK"), False)

    def _network_files(self) -> dict[str, Path]:
        return collect(self._trace, self._work / "network")

    def _smaller(self, name: str, file: Path, kind: str) -> Path:
        if kind in ("BINARY", "EXTENSION") and is_library(file):
            return stripped(file, (self._work / "window" / name).parent)
        return file


def _is_wanted(name: str) -> bool:
    """Whether a file of the bundle is none of Qt's plugins, or one of those that are kept."""
    parts = name.replace("\\", "/").split("/")
    if "plugins" not in parts:
        return True
    kind, file = parts[-2], parts[-1]
    if kind not in _PLUGINS:
        return False
    kept = _PLUGINS[kind]
    return kept is None or any(word in file for word in kept)


def _needed(binaries: list[Entry]) -> list[Entry]:
    """The binaries without libraries that only others needed that have been taken away."""
    names = {name for name, _, _ in binaries}
    roots = {
        name
        for name, file, kind in binaries
        if kind == "EXTENSION"
        or "plugins" in name.replace("\\", "/").split("/")
        or not is_library(Path(file))
    }
    roots |= {name for name in names if Path(name).name.startswith(("libpython", "python3"))}
    kept = _closure(roots, binaries)
    return [entry for entry in binaries if _goes_with(entry, kept)]


def _goes_with(entry: Entry, kept: set[str]) -> bool:
    """Whether an entry is kept, or is a link to one that is."""
    name, file, kind = entry
    if kind != "SYMLINK":
        return name in kept
    return (Path(name).parent / file).as_posix() in {Path(one).as_posix() for one in kept}


def _base_names(entries: list[Entry]) -> set[str]:
    """What Python itself and the unpacking need: all but the window's packages and their own."""
    others = [entry for entry in entries if not _is_windows(entry)]
    if not sys.platform.startswith("linux"):
        return {name for name, _, _ in others}
    own = {
        name
        for name, file, kind in others
        if kind in ("EXTENSION", "DATA")
        or Path(name).name.startswith("libpython")
        or not is_library(Path(file))
    }
    own -= {name for name, _, kind in others if kind == "SYMLINK"}
    return _closure(own, others)


def _is_windows(entry: Entry) -> bool:
    """Whether it belongs to one of the window's packages, or is data of another library."""
    name, _, kind = entry
    top, _, rest = name.replace("\\", "/").partition("/")
    return top in WINDOW_PACKAGES or (kind == "DATA" and bool(rest) and top not in _OWN_FOLDERS)


def _closure(roots: set[str], binaries: list[Entry]) -> set[str]:
    """The roots and all libraries among the binaries that they need, directly or not."""
    from PyInstaller.depend.bindepend import get_imports

    files = {name: file for name, file, kind in binaries if kind != "SYMLINK"}
    by_library: dict[str, list[str]] = {}
    for name in files:
        by_library.setdefault(Path(name).name, []).append(name)
    kept: set[str] = set()
    waiting = [name for name in roots if name in files]
    while waiting:
        name = waiting.pop()
        if name in kept:
            continue
        kept.add(name)
        if is_library(Path(files[name])):
            for library, _ in get_imports(files[name]):
                waiting += by_library.get(Path(library).name, [])
    return kept
