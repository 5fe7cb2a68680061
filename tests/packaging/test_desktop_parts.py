"""Windows and macOS are told name, version and icon in the forms that they read."""

import plistlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

import mac_bundle
from desktop_parts import make_desktop_parts
from linux_files import opened_types
from project import Project, read_project
from windows_version import version_information

PROJECT = Project("qtdigits", "1.2rc3", "It's “good”", "MIT", "Ä & B", ())


def _evaluated(text: str) -> SimpleNamespace:
    """The text as PyInstaller reads it: an expression of its classes, here plain values."""

    def plain(*arguments: object, **keywords: object) -> object:
        return SimpleNamespace(**keywords) if keywords else arguments

    classes = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct")
    names = dict.fromkeys((*classes, "VarFileInfo", "VarStruct"), plain)
    value = eval(text, {"__builtins__": {}, **names})
    assert isinstance(value, SimpleNamespace)
    return value


def test_windows_version_says_name_version_and_owner() -> None:
    information = _evaluated(version_information(PROJECT))
    assert information.ffi.filevers == information.ffi.prodvers == (1, 2, 0, 0)
    ((table,),), (translation,) = information.kids
    language, pairs = table
    strings = dict(pairs)
    assert strings["ProductName"] == "qtdigits"
    assert strings["ProductVersion"] == strings["FileVersion"] == "1.2rc3"
    assert strings["OriginalFilename"] == "qtdigits.exe"
    assert strings["Comments"] == "It's “good”"
    assert "Ä & B" in strings["LegalCopyright"]
    assert language == "".join(f"{number:04x}" for number in translation[0][1])


def test_windows_gets_an_icon_and_its_version(tmp_path: Path) -> None:
    parts = make_desktop_parts(tmp_path / "new", "win32")
    with Image.open(parts.icon) as icon:
        assert icon.format == "ICO"
    assert parts.windows_version is not None
    text = Path(parts.windows_version).read_text(encoding="utf-8")
    assert read_project().version in text


def test_macos_gets_an_icon_and_no_version_file(tmp_path: Path) -> None:
    parts = make_desktop_parts(tmp_path, "darwin")
    with Image.open(parts.icon) as icon:
        assert icon.format == "ICNS"
    assert parts.windows_version is None


def test_linux_file_holds_neither(tmp_path: Path) -> None:
    parts = make_desktop_parts(tmp_path / "new", "linux")
    assert (parts.icon, parts.windows_version) == ("NONE", None)
    assert not list((tmp_path / "new").iterdir())


def test_info_plist_can_be_written_and_has_the_version() -> None:
    values = plistlib.loads(plistlib.dumps(mac_bundle.info_plist(PROJECT, opened_types())))
    assert values["CFBundleShortVersionString"] == values["CFBundleVersion"] == "1.2.0"
    assert values["CFBundleDisplayName"] == "qtdigits"
    assert values["NSHighResolutionCapable"] is True
    assert values["LSBackgroundOnly"] is False


def test_info_plist_without_opened_files_claims_none() -> None:
    values = mac_bundle.info_plist(PROJECT, ())
    assert not {"CFBundleDocumentTypes", "UTExportedTypeDeclarations"} & values.keys()


def test_info_plist_names_what_is_opened() -> None:
    opened = ("application/x-qtdigits-strokes", "image/png")
    values = mac_bundle.info_plist(PROJECT, opened)
    (documents,) = values["CFBundleDocumentTypes"]
    (declared,) = values["UTExportedTypeDeclarations"]
    assert documents["LSItemContentTypes"] == [declared["UTTypeIdentifier"], "public.png"]
    assert "UTExportedTypeDeclarations" not in mac_bundle.info_plist(PROJECT, ("image/png",))


def test_info_plist_refuses_a_type_that_it_cannot_name() -> None:
    with pytest.raises(ValueError, match="image/x-unheard-of"):
        mac_bundle.info_plist(PROJECT, ("image/x-unheard-of",))


def test_every_opened_type_has_a_name_on_macos() -> None:
    assert mac_bundle.info_plist(PROJECT, opened_types())
