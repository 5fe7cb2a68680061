"""What qtdigits.spec gives PyInstaller about the program: icon, version information, Info.plist.

parts = make_desktop_parts(work / "desktop")
EXE(…, icon=parts.icon, version=parts.windows_version)
BUNDLE(…, icon=parts.icon, bundle_identifier=parts.identifier, info_plist=parts.info_plist)
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import icon_files
from linux_files import opened_types
from mac_bundle import info_plist
from project import APPLICATION_ID, ROOT, read_project
from windows_version import version_information


@dataclass(frozen=True, slots=True)
class DesktopParts:
    """icon is 'NONE', PyInstaller's word for none, where executable files hold no icon.

    windows_version: a file of that information, None elsewhere. info_plist is used by macOS alone.
    """

    icon: str
    windows_version: str | None
    identifier: str
    version: str
    info_plist: dict[str, Any]


def make_desktop_parts(
    folder: Path, platform: str = sys.platform, root: Path = ROOT
) -> DesktopParts:
    """Write the files into the folder, which is made. platform: as sys.platform has it."""
    folder.mkdir(parents=True, exist_ok=True)
    project = read_project(root)
    icon, windows_version = "NONE", None
    if platform == "win32":
        ico = folder / "qtdigits.ico"
        icon_files.write_ico(ico)
        icon = str(ico)
        described = folder / "version.txt"
        described.write_text(version_information(project), encoding="utf-8")
        windows_version = str(described)
    elif platform == "darwin":
        icns = folder / "qtdigits.icns"
        icon_files.write_icns(icns)
        icon = str(icns)
    return DesktopParts(
        icon,
        windows_version,
        APPLICATION_ID,
        project.version,
        info_plist(project, opened_types()),
    )
