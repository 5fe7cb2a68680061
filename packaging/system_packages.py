"""The licences of files that came with the system: its package manager knows them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from qtdigits.core.licences import Notice

_DOCUMENTS: Final = Path("/usr/share/doc")
_COMMON_TEXTS: Final = Path("/usr/share/common-licenses")
_FOR_ABOVE: Final = "as notices above say"
_MAIN_LICENCE: Final = re.compile(
    r"^Files: *\*$.*?^License: *(\S[^\n]*)$", re.MULTILINE | re.DOTALL
)
_RPM_FIELDS: Final = "%{NAME}\n%{VERSION}\n%{LICENSE}\n"


def notices_of(files: Iterable[Path]) -> tuple[list[Notice], list[Path]]:
    """A notice for each package that the files are of, by name; and the files of no package."""
    wanted = sorted(set(files))
    notices = _of_dpkg(wanted)
    for file in wanted:
        if file not in notices:
            notice = _of_rpm(file)
            if notice is not None:
                notices[file] = notice
    by_name = {notice.name: notice for notice in notices.values()}
    return [by_name[name] for name in sorted(by_name)], [f for f in wanted if f not in notices]


def common_texts(notices: Iterable[Notice]) -> list[Notice]:
    """The texts that Debian keeps in one place and the notices point to."""
    pointer = re.compile(re.escape(str(_COMMON_TEXTS)) + r"/([\w+-]+(?:\.\d+)*)")
    named = {name for notice in notices for name in pointer.findall(notice.text)}
    return [
        Notice(
            f"Text of {name}", "", _FOR_ABOVE, (_COMMON_TEXTS / name).read_text(encoding="utf-8")
        )
        for name in sorted(named)
        if (_COMMON_TEXTS / name).is_file()
    ]


def _of_dpkg(files: Sequence[Path]) -> dict[Path, Notice]:
    """What Debian, Ubuntu and theirs know of files."""
    asked = {spelling: file for file in files for spelling in _spellings(file)}
    packages: dict[Path, str] = {}
    for line in _said("dpkg-query", "-S", *asked).splitlines():
        names, _, listed = line.rpartition(": ")
        if listed in asked and not names.startswith("diversion"):
            packages[asked[listed]] = names.split(", ")[0]
    if not packages:  # without names it would list all there are
        return {}
    said = _said("dpkg-query", "-W", "-f", "${binary:Package} ${Version}\n", *packages.values())
    versions = dict(line.split(" ", 1) for line in said.splitlines())
    notices = {}
    for file, package in packages.items():
        name = package.partition(":")[0]
        copyright_file = _DOCUMENTS / name / "copyright"
        if copyright_file.is_file():
            text = copyright_file.read_text(encoding="utf-8", errors="replace").strip("\n")
            version = versions.get(package) or versions.get(name, "")
            notices[file] = Notice(name, version, _licence_in(text), text)
    return notices


def _licence_in(text: str) -> str:
    """The name of the main licence, where a copyright file is of Debian's newer form."""
    found = _MAIN_LICENCE.search(text)
    return found[1] if found is not None and len(found[1]) <= 60 else "see below"


def _of_rpm(file: Path) -> Notice | None:
    """What Fedora, openSUSE and theirs know of it."""
    said = _said("rpm", "-qf", "--queryformat", _RPM_FIELDS, str(file.resolve())).splitlines()
    if len(said) < 3:  # otherwise one line says that no package owns it
        return None
    name, version, licence = said[:3]
    listed = [Path(line) for line in _said("rpm", "-qL", name).splitlines()]
    texts = [
        path.read_text(encoding="utf-8", errors="replace").strip("\n")
        for path in listed
        if path.is_file()
    ]
    return Notice(name, version, licence, "\n\n".join(texts) or f"Its licence is {licence}.")


def _spellings(file: Path) -> list[str]:
    """The names that a package may list it by: links lie between, and /lib may be /usr/lib."""
    paths = [str(file), str(file.resolve())]
    short = [path.removeprefix("/usr") for path in paths if path.startswith("/usr/lib")]
    long = [f"/usr{path}" for path in paths if path.startswith("/lib")]
    return list(dict.fromkeys([*paths, *short, *long]))


def _said(*command: str) -> str:
    """What a command prints; '' where it is not there. Of some files it may know nothing."""
    if shutil.which(command[0]) is None:
        return ""
    environ = os.environ | {"LC_ALL": "C"}
    return subprocess.run(
        command, capture_output=True, text=True, errors="replace", check=False, env=environ
    ).stdout.strip()
