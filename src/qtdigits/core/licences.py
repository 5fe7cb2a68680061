"""The licences of the program and of everything that is in it, as one text.

The executable file brings the text along, made when it was built. From source it is put together
from what pip installed.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from importlib import metadata
from pathlib import Path
from typing import Final

from qtdigits.core.paths import resource

BUNDLED: Final = "licences.txt.gz"
"""The resource that holds the whole text, in the executable file alone."""
_RULE: Final = "=" * 78
_USUAL_NAMES: Final = (
    "LICENSE",
    "LICENSE.txt",
    "LICENSE.TXT",
    "LICENSE.md",
    "COPYING",
    "AUTHORS.rst",
)
"""What the files are called where the metadata name none."""
_INSIDE: Final = {
    "tensorflow": ("tensorflow/THIRD_PARTY_NOTICES.txt",),
    "tensorflow-cpu": ("tensorflow/THIRD_PARTY_NOTICES.txt",),
    "pyqtgraph": ("pyqtgraph/colors/maps/CC-BY license - applies to CET color map data.txt",),
}
"""Texts that lie among a package's own files."""
_KEPT: Final = {"pyside6-essentials": "licences/Qt-third-party.txt"}
"""Resources of ours with texts that a package should bring and does not."""
_QT_NOTE: Final = """\
Used under the GNU Lesser General Public License, version 3. Its libraries are files of their own in
the program, unchanged but for their debugging symbols; `make package` in the sources of qtdigits
builds the program with any other version of them. Their sources are at https://download.qt.io."""
_NOTES: Final = {
    "pyside6-essentials": _QT_NOTE,
    "shiboken6": _QT_NOTE,
    "pyinstaller": "Its bootloader starts the program. The licence has an exception for what is "
    "made with it, which may be under any terms.",
}
"""What is to be said beside the texts."""


class Common(Enum):
    """A text that stands once at the end, for those that bring none: its title and files."""

    APACHE = ("Apache License, version 2.0", ("Apache-2.0",))
    LGPL = (
        "GNU Lesser General Public License, version 3, and the GNU General Public License that it "
        "builds on",
        ("LGPL-3.0", "GPL-3.0"),
    )

    @property
    def title(self) -> str:
        return str(self.value[0])

    @property
    def text(self) -> str:
        texts = (resource(f"licences/{file}.txt") for file in self.value[1])
        return "\n\n".join(text.read_text(encoding="utf-8") for text in texts)


_COMMON_WORDS: Final = {"Apache": Common.APACHE, "LGPL-3.0": Common.LGPL}
"""What a licence's name has in it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One part of the program, and the common text that applies to it, if any."""

    name: str
    version: str
    licence: str
    text: str
    common: Common | None = None


def licences() -> str:
    """The whole text, about a megabyte; from source it takes some tenths of a second to make."""
    bundled = resource(BUNDLED)
    if bundled.is_file():
        return gzip.decompress(bundled.read_bytes()).decode("utf-8")
    return as_text([notice_of(distribution) for distribution in needed()])


def needed(name: str = "qtdigits") -> list[metadata.Distribution]:
    """The distribution of this name, and all that it needs, by name; those installed here."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [name]
    while waiting:
        wanted = waiting.pop()
        if canonical(wanted) in found:
            continue
        try:
            distribution = metadata.distribution(wanted)
        except metadata.PackageNotFoundError:
            continue  # for another system, or another Python
        found[canonical(wanted)] = distribution
        for requirement in distribution.requires or ():
            named = re.match(r"[\w.-]+", requirement)
            if named is not None and "extra ==" not in requirement:
                waiting.append(named[0])
    return [found[key] for key in sorted(found, key=lambda key: (key != canonical(name), key))]


def notice_of(distribution: metadata.Distribution) -> Notice:
    """What a distribution says about itself."""
    name = str(distribution.metadata["Name"])
    licence = _licence(distribution)
    own = _own_texts(distribution)
    common = None if own else _common(licence)
    texts = [_NOTES[canonical(name)]] if canonical(name) in _NOTES else []
    if common is not None:
        texts.append(f"The text of the licence stands at the end: {common.title}.")
    elif not own:
        texts.append(f"It brings no text of its licence, {licence}.")
    texts += own + _inner_texts(distribution)
    if canonical(name) in _KEPT:
        texts.append(resource(_KEPT[canonical(name)]).read_text(encoding="utf-8").strip("\n"))
    return Notice(name, distribution.version, licence, "\n\n".join(texts), common)


def as_text(notices: Sequence[Notice]) -> str:
    """A list of contents, each notice, and the common texts that apply."""
    names = [f"{notice.name} {notice.version}".strip() for notice in notices]
    width = max(map(len, names), default=0)
    contents = [
        f"  {name:{width}}  {notice.licence}".rstrip()
        for name, notice in zip(names, notices, strict=True)
    ]
    parts = ["\n".join(["Licences of qtdigits and of everything in it", "", *contents])]
    for name, notice in zip(names, notices, strict=True):
        parts.append(_section([name, notice.licence] if notice.licence else [name], notice.text))
    applying = {notice.common for notice in notices}
    parts += [_section([common.title], common.text) for common in Common if common in applying]
    return "\n\n\n".join(parts) + "\n"


def _section(title: list[str], text: str) -> str:
    return "\n".join([_RULE, *title, _RULE, "", text.strip("\n")])


def canonical(name: str) -> str:
    """A distribution's name as it is compared: lower case, with hyphens."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(distribution: metadata.Distribution) -> str:
    """The name of its licence in a few words."""
    known = distribution.metadata
    names = known.get_all("License-Expression", []) + known.get_all("License", [])
    said = str(names[0]).strip() if names else ""
    if said and "\n" not in said and len(said) <= 60:
        return said
    classified = [
        str(line).rpartition(" :: ")[2]
        for line in known.get_all("Classifier", [])
        if str(line).startswith("License ::")
    ]
    return ", ".join(classified) or "see below"


def _common(licence: str) -> Common | None:
    """The common text that a licence's name asks for."""
    return next((common for word, common in _COMMON_WORDS.items() if word in licence), None)


def _own_texts(distribution: metadata.Distribution) -> list[str]:
    """Its licence files, in the order of its metadata."""
    named = [str(name) for name in distribution.metadata.get_all("License-File", [])]
    texts = []
    for name in named or _USUAL_NAMES:
        # Where they lie has changed with the version of the metadata.
        text = distribution.read_text(f"licenses/{name}") or distribution.read_text(name)
        if text and text.strip():
            texts.append(text.strip("\n"))
    return texts


def _inner_texts(distribution: metadata.Distribution) -> list[str]:
    """Texts among its own files, about what others have put into it."""
    texts = []
    for inside in _INSIDE.get(canonical(str(distribution.metadata["Name"])), ()):
        path = Path(str(distribution.locate_file(inside)))
        if path.is_file():
            texts.append(path.read_text(encoding="utf-8", errors="replace").strip("\n"))
    return texts
