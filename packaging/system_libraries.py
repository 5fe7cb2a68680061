"""The system libraries that Qt's wheel expects, and how to get them; runs on Python 3.8 and later.

The names are the union of what the platform plugins and the modules of PySide6-Essentials 6.11
name as needed and do not bring along, less what every Linux has (libc, libstdc++, libz).
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Callable, Dict, List, Mapping, Sequence, Set

# soname -> Debian's package (Ubuntu's has the same name or provides it)
OFFSCREEN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
}
X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
TOOLS = {"objcopy": "binutils", "strip": "binutils", "cc": "g++"}  # which takes libc's headers
FONT_PACKAGE = "fonts-dejavu-core"
FONT_SUFFIXES = {".ttf", ".otf", ".ttc", ".pfb", ".pcf"}


def displays(environ: Mapping[str, str], platform: str = sys.platform) -> Set[str]:
    """The kinds of display that this session offers: native, x11, wayland, or none."""
    if not platform.startswith("linux"):
        return {"native"}
    kinds = {"x11": "DISPLAY", "wayland": "WAYLAND_DISPLAY"}
    return {kind for kind, name in kinds.items() if environ.get(name)}


def needed(kinds: Set[str]) -> Dict[str, str]:
    """Soname -> package for a window on these kinds of display; no kind means offscreen."""
    if "native" in kinds:
        return {}
    libraries = dict(OFFSCREEN)
    if "x11" in kinds:
        libraries.update(X11)
    if "wayland" in kinds:
        libraries.update(WAYLAND)
    return libraries


def can_load(soname: str) -> bool:
    """Whether the system's loader finds the library and all that it needs itself."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_font(folders: Sequence[Path]) -> bool:
    """Whether any font file lies in the folders; without one, Qt shows no text at all."""
    return any(
        Path(name).suffix.lower() in FONT_SUFFIXES
        for folder in folders
        for _, _, names in os.walk(str(folder))
        for name in (n[:-3] if n.endswith(".gz") else n for n in names)
    )


def font_folders(environ: Mapping[str, str]) -> List[Path]:
    """Where fontconfig looks unless it is told otherwise."""
    home = Path(environ.get("HOME", "/"))
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local/share")
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        data / "fonts",
        home / ".fonts",
    ]


def missing(
    libraries: Mapping[str, str],
    environ: Mapping[str, str],
    load: Callable[[str], bool] = can_load,
) -> Dict[str, str]:
    """What of `libraries` (soname -> package) is not there; and a font, where there is none."""
    absent = {soname: package for soname, package in libraries.items() if not load(soname)}
    if libraries and not has_font(font_folders(environ)):
        absent["a font"] = FONT_PACKAGE
    return absent


def missing_tools(
    tools: Sequence[str], which: Callable[[str], object] = shutil.which
) -> Dict[str, str]:
    """The commands that are not on the path -> package."""
    return {tool: TOOLS[tool] for tool in tools if not which(tool)}


def install_command(
    absent: Mapping[str, str], which: Callable[[str], object] = shutil.which
) -> str:
    """The one line to type that installs what is absent, or "" where no installer is known."""
    if which("apt-get"):
        packages = " ".join(dict.fromkeys(absent.values()))
        if which("sudo"):
            return "sudo apt-get update && sudo apt-get install -y " + packages
        return "su -c 'apt-get update && apt-get install -y {}'".format(packages)
    return ""


def install(
    absent: Mapping[str, str],
    run: Callable[..., "subprocess.CompletedProcess[str]"] = subprocess.run,
) -> str:
    """Install the packages with apt, as root; apt's last words where it failed, else ""."""
    environ = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    packages = list(dict.fromkeys(absent.values()))
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = run(
            [*apt, *arguments],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            universal_newlines=True,
        )
        # A stale list of one foreign source is no reason to stop: installing will tell.
        if done.returncode != 0 and arguments[0] == "install":
            return "\n".join(done.stdout.strip().splitlines()[-5:])
    return ""
