"""The licences of everything are found and put into one text."""

from __future__ import annotations

import gzip
import re
from importlib import metadata
from pathlib import Path

import pytest

from qtdigits.core import licences
from qtdigits.core.licences import Common, Notice, as_text, needed, notice_of

Files = dict[str, str]


class _Installed(metadata.Distribution):
    """A distribution that lies nowhere, with these files in its .dist-info."""

    def __init__(self, folder: Path, files: Files) -> None:
        self._folder = folder
        self._files = files

    def read_text(self, filename: str) -> str | None:
        return self._files.get(filename)

    def locate_file(self, path: object) -> Path:
        return self._folder / str(path)


def _notice(folder: Path, head: str, files: Files | None = None) -> Notice:
    known = f"Metadata-Version: 2.4\nVersion: 1.5\n{head}\n"
    return notice_of(_Installed(folder, {"METADATA": known, **(files or {})}))


def test_needed_begins_with_the_program_and_follows_requirements() -> None:
    names = [licences.canonical(distribution.metadata["Name"]) for distribution in needed()]
    assert names[0] == "qtdigits"
    assert names[1:] == sorted(names[1:])
    assert {"pillow", "pyside6-essentials", "shiboken6", "numpy", "h5py"} <= set(names)


def test_needed_leaves_out_what_only_extras_ask_for() -> None:
    names = {licences.canonical(distribution.metadata["Name"]) for distribution in needed()}
    assert not {"pytest", "ruff", "pytest-qt"} & names


def test_needed_of_what_is_not_installed_is_nothing() -> None:
    assert needed("no-such-distribution") == []


@pytest.mark.parametrize("name", ["licenses/LICENSE", "LICENSE"])
def test_notice_has_the_texts_that_the_metadata_name(tmp_path: Path, name: str) -> None:
    head = "Name: some_thing\nLicense-Expression: MIT\nLicense-File: LICENSE\nLicense-File: GONE"
    notice = _notice(tmp_path, head, {name: "\nBe nice.\n"})
    assert notice == Notice("some_thing", "1.5", "MIT", "Be nice.")


def test_notice_finds_the_usual_file_where_the_metadata_name_none(tmp_path: Path) -> None:
    head = "Name: old\nClassifier: License :: OSI Approved :: BSD License"
    notice = _notice(tmp_path, head, {"LICENSE.txt": "Be nice."})
    assert (notice.licence, notice.text) == ("BSD License", "Be nice.")


def test_notice_without_a_text_refers_to_the_common_one(tmp_path: Path) -> None:
    notice = _notice(tmp_path, "Name: flat\nLicense: Apache 2.0")
    assert notice.common is Common.APACHE
    assert Common.APACHE.title in notice.text


def test_notice_without_any_text_says_so(tmp_path: Path) -> None:
    notice = _notice(tmp_path, "Name: flat\nLicense: Peculiar")
    assert notice.common is None
    assert notice.text == "It brings no text of its licence, Peculiar."


def test_notice_does_not_take_a_whole_licence_for_its_name(tmp_path: Path) -> None:
    text = "A very long licence that somebody has put into the field for its name, all of it."
    assert _notice(tmp_path, f"Name: flat\nLicense: {text}").licence == "see below"


def test_notice_has_the_texts_that_lie_inside(tmp_path: Path) -> None:
    (tmp_path / "tensorflow").mkdir()
    (tmp_path / "tensorflow" / "THIRD_PARTY_NOTICES.txt").write_text("of others\n")
    notice = _notice(tmp_path, "Name: tensorflow_cpu\nLicense: Apache 2.0")
    assert notice.common is Common.APACHE
    assert notice.text.endswith("\n\nof others")


def test_qt_is_used_under_the_lgpl_and_says_how_to_replace_it(tmp_path: Path) -> None:
    licence = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
    notice = _notice(tmp_path, f"Name: PySide6_Essentials\nLicense: {licence}")
    assert notice.common is Common.LGPL
    assert notice.text.startswith("Used under the GNU Lesser General Public License, version 3.")
    assert "make package" in notice.text


def test_qt_brings_the_notices_of_the_code_of_others_in_it(tmp_path: Path) -> None:
    notice = _notice(tmp_path, "Name: PySide6_Essentials\nLicense: LGPL-3.0-only")
    for part in ("HarfBuzz", "PCRE2", "libpng", "FreeType"):
        assert part in notice.text
    _, _, kept = notice.text.partition("Code of others in Qt")
    named = set(re.findall(r"^[^ \n].*: ([\w.-]+(?: AND [\w.-]+)*)$", kept, re.MULTILINE))
    elsewhere = {"CC0-1.0", "Apache-2.0"}
    for licence in {name for names in named for name in names.split(" AND ")} - elsewhere:
        assert f"\n{licence}\n{'-' * len(licence)}\n" in kept


def test_text_has_contents_sections_and_each_common_text_once() -> None:
    text = as_text(
        [
            Notice("a", "1", "MIT", "Be nice."),
            Notice("b", "2", "Apache", "See there.", Common.APACHE),
            Notice("c", "3", "Apache", "See there.", Common.APACHE),
        ]
    )
    assert text.startswith("Licences of qtdigits and of everything in it\n\n  a 1  ")
    assert "\na 1\nMIT\n====" in text
    assert text.count("TERMS AND CONDITIONS FOR USE") == 1
    assert Common.LGPL.title not in text


def test_common_texts_are_whole() -> None:
    assert "END OF TERMS AND CONDITIONS" in Common.APACHE.text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in Common.LGPL.text
    assert "GNU GENERAL PUBLIC LICENSE" in Common.LGPL.text


def test_licences_from_source_are_of_all_that_is_needed() -> None:
    text = licences.licences()
    for distribution in needed():
        assert f"\n{distribution.metadata['Name']} {distribution.version}\n" in text
    assert Common.LGPL.title in text


def test_licences_of_the_executable_file_are_those_that_it_brings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / licences.BUNDLED).write_bytes(gzip.compress("All – of them".encode()))
    monkeypatch.setattr(licences, "resource", lambda name: tmp_path / name)
    assert licences.licences() == "All – of them"
