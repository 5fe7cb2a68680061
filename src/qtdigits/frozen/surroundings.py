"""What the executable file changes in its environment before it, or Qt, looks at it."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Final

from qtdigits.core.home import settle_home

FONTS_FILE: Final = "resources/fonts.conf"
_SYSTEMS_FONTS: Final = Path("/etc/fonts/fonts.conf")


def settle(environ: MutableMapping[str, str], unpacked: Path) -> None:
    """Do all of it; unpacked: the bootloader's folder."""
    settle_home(environ)  # before anything looks for the cache folder
    _forget_foreign_settings(environ)
    choose_utf8(environ)
    offer_fonts(environ, unpacked / FONTS_FILE)


def choose_utf8(environ: MutableMapping[str, str], platform: str = sys.platform) -> None:
    """In the C locale take UTF-8, as Python's own program does (PEP 538); Qt would complain."""
    named = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or "C"
    if platform.startswith("linux") and named in ("C", "POSIX") and not environ.get("LC_ALL"):
        environ["LC_CTYPE"] = "C.UTF-8"


def offer_fonts(
    environ: MutableMapping[str, str], ours: Path, systems: Path = _SYSTEMS_FONTS
) -> None:
    """Where the system says nothing about its fonts, say where they usually lie.

    Then its fontconfig is not installed, and ours would complain about that at every start.
    """
    is_said = systems.exists() or {"FONTCONFIG_FILE", "FONTCONFIG_PATH"} & environ.keys()
    if ours.exists() and not is_said:
        environ["FONTCONFIG_FILE"] = str(ours)


def _forget_foreign_settings(environ: MutableMapping[str, str]) -> None:
    """Qt's plugins are ours: those of another Qt that a variable names would not fit."""
    for name in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML2_IMPORT_PATH"):
        environ.pop(name, None)
