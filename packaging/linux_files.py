"""What a Linux desktop is given beside the program: menu entry, description, icons, file types."""

from __future__ import annotations

import configparser
import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Final

import icon_files
from project import APPLICATION_ID, ROOT, Project

STORED: Final = ROOT / "packaging" / "linux"
DESKTOP_FILE: Final = "applications/qtdigits.desktop"
METAINFO_FILE: Final = f"metainfo/{APPLICATION_ID}.metainfo.xml"
MIME_FILE: Final = "mime/packages/qtdigits-mime.xml"
_ICONS: Final = "icons/hicolor"


def write_linux_files(share: Path, project: Project, program: Path | None = None) -> list[Path]:
    """Write everything below a folder such as /usr/share; returns the paths relative to it.

    program: the whole path that the menu entry starts; without it, 'qtdigits' is looked for where
    the desktop looks for programs.
    """
    texts = {
        DESKTOP_FILE: _desktop_entry(program),
        METAINFO_FILE: _metainfo(project),
        MIME_FILE: (STORED / "qtdigits-mime.xml").read_text(encoding="utf-8"),
    }
    for name, text in texts.items():
        _made(share / name).write_text(text, encoding="utf-8")
    icons = [f"{_ICONS}/{side}x{side}/apps/qtdigits.png" for side in icon_files.LINUX_SIDES_PX]
    for name, side in zip(icons, icon_files.LINUX_SIDES_PX, strict=True):
        icon_files.write_png(_made(share / name), side)
    scalable = f"{_ICONS}/scalable/apps/qtdigits.svg"
    shutil.copyfile(icon_files.SOURCE, _made(share / scalable))
    return [Path(name) for name in (*texts, *icons, scalable)]


def opened_types() -> tuple[str, ...]:
    """The MIME types of the files that the window opens: the menu entry has the only list."""
    entry = configparser.RawConfigParser(strict=True)
    entry.read(STORED / "qtdigits.desktop", encoding="utf-8")
    listed = entry.get("Desktop Entry", "MimeType", fallback="")
    return tuple(name for name in listed.split(";") if name)


def _desktop_entry(program: Path | None) -> str:
    text = (STORED / "qtdigits.desktop").read_text(encoding="utf-8")
    if program is None:
        return text
    values = {"Exec": _exec_quoted(program), "TryExec": _escaped(str(program))}
    lines = []
    for line in text.splitlines(keepends=True):
        key, equals, value = line.partition("=")
        if key in values:
            value = value.replace("qtdigits", values[key], 1)
        lines.append(key + equals + value)
    return "".join(lines)


def _exec_quoted(program: Path) -> str:
    """The program as Exec wants it: in quotes, with the two levels of escapes of the standard."""
    quoted = "".join(f"\\{c}" if c in '"`$\\' else c for c in str(program))
    return _escaped('"' + quoted.replace("%", "%%") + '"')


def _escaped(text: str) -> str:
    """A value of type string: the file format has escapes of its own."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _metainfo(project: Project) -> str:
    """The stored description with the changelog's releases."""
    tree = ElementTree.parse(STORED / "qtdigits.metainfo.xml")
    releases = tree.getroot().find("releases")
    if releases is None:
        raise ValueError("qtdigits.metainfo.xml has no place for releases")
    for release in project.releases:
        ElementTree.SubElement(releases, "release", version=release.version, date=release.date)
    if not project.releases:
        tree.getroot().remove(releases)
    ElementTree.indent(tree)
    written: bytes = ElementTree.tostring(tree.getroot(), "UTF-8", xml_declaration=True)
    return written.decode("utf-8")


def _made(path: Path) -> Path:
    """The path, with its folder made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
