"""Menu entry, description, icons and file types are valid, and agree with each other."""

import configparser
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

import linux_files
from project import APPLICATION_ID, ROOT, Project, Release, read_project
from qtdigits.core.samples import sample_drawings
from qtdigits.ui.views.actions import ACTIONS

MIME: Final = "{http://www.freedesktop.org/standards/shared-mime-info}"
RELEASED: Final = Project(
    "qtdigits", "1.0", "Reads digits", "MIT", "Somebody", (Release("1.0", "2026-12-01"),)
)


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files as a package would install them below /usr/share."""
    folder = tmp_path_factory.mktemp("share")
    linux_files.write_linux_files(folder, read_project())
    return folder


def _entry(share: Path) -> configparser.SectionProxy:
    entry = configparser.RawConfigParser()
    entry.read(share / linux_files.DESKTOP_FILE, encoding="utf-8")
    assert entry.sections() == ["Desktop Entry"]
    return entry["Desktop Entry"]


def _metainfo(share: Path) -> ElementTree.Element:
    return ElementTree.parse(share / linux_files.METAINFO_FILE).getroot()


def _text(parent: ElementTree.Element, path: str) -> str:
    return (parent.findtext(path) or "").strip()


def _checked(*command: str | Path) -> subprocess.CompletedProcess[str]:
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)


def test_desktop_entry_has_what_every_desktop_needs(share: Path) -> None:
    entry = _entry(share)
    assert entry["Type"] == "Application"
    assert entry["Name"] == "qtdigits"
    assert entry["Exec"].split()[0] == entry["TryExec"] == "qtdigits"
    assert entry["Icon"] == "qtdigits"
    assert entry["Terminal"] == "false"
    assert 0 < len(entry["Comment"]) <= 80
    for key in ("Categories", "Keywords"):
        assert re.fullmatch(r"([^;]+;)+", entry[key])


def test_desktop_entry_is_named_as_the_window_says(share: Path) -> None:
    source = (ROOT / "src/qtdigits/app.py").read_text(encoding="utf-8")
    said = re.search(r'setDesktopFileName\("([^"]+)"\)', source)
    assert said is not None
    assert f"applications/{said[1]}.desktop" == linux_files.DESKTOP_FILE
    assert _entry(share)["StartupWMClass"] == said[1]


def test_desktop_entry_offers_files_exactly_if_the_window_opens_files() -> None:
    opens = any("Open" in action.text.replace("&", "") for action in ACTIONS)
    text = (linux_files.STORED / "qtdigits.desktop").read_text(encoding="utf-8")
    assert bool(linux_files.opened_types()) is opens
    assert (re.search(r"^Exec=\S+ %F$", text, re.MULTILINE) is not None) is opens


@pytest.mark.parametrize(
    ("program", "written"),
    [
        ("/opt/qtdigits", '"/opt/qtdigits"'),
        ("/home/ä b/qtdigits", '"/home/ä b/qtdigits"'),
        ('/home/$a%`"\\/qtdigits', r'"/home/\\$a%%\\`\\"\\\\/qtdigits"'),
    ],
)
def test_desktop_entry_starts_the_program_whatever_its_folder_is_called(
    tmp_path: Path, program: str, written: str
) -> None:
    linux_files.write_linux_files(tmp_path, RELEASED, Path(program))
    entry = _entry(tmp_path)
    assert entry["Exec"] == f"{written} %F"
    assert entry["TryExec"] == program.replace("\\", "\\\\")


def test_desktop_entry_passes_the_standard_validator(share: Path) -> None:
    done = _checked("desktop-file-validate", "--warn-kde", share / linux_files.DESKTOP_FILE)
    assert (done.returncode, done.stdout) == (0, "")


def test_metainfo_has_what_software_centres_need(share: Path) -> None:
    root = _metainfo(share)
    assert (root.tag, root.get("type")) == ("component", "desktop-application")
    assert _text(root, "id") == APPLICATION_ID
    assert len(APPLICATION_ID.split(".")) >= 3
    assert _text(root, "metadata_license") == "CC0-1.0"
    assert _text(root, "project_license") == read_project().licence
    assert _text(root, "name") == read_project().name
    assert 10 < len(_text(root, "summary")) <= 80
    assert not _text(root, "summary").endswith(".")
    assert len(_text(root, "description/p")) > 80
    assert root.find("content_rating") is not None


def test_metainfo_belongs_to_the_desktop_entry(share: Path) -> None:
    root = _metainfo(share)
    assert _text(root, "launchable[@type='desktop-id']") == Path(linux_files.DESKTOP_FILE).name
    categories = [element.text for element in root.findall("categories/category")]
    assert categories == _entry(share)["Categories"].rstrip(";").split(";")
    provided = tuple(element.text for element in root.findall("provides/mediatype"))
    assert provided == linux_files.opened_types()


def test_metainfo_lists_the_releases_with_their_dates(tmp_path: Path) -> None:
    linux_files.write_linux_files(tmp_path, RELEASED)
    (release,) = _metainfo(tmp_path).findall("releases/release")
    assert release.attrib == {"version": "1.0", "date": "2026-12-01"}


def test_metainfo_without_a_release_has_no_empty_list(tmp_path: Path) -> None:
    linux_files.write_linux_files(tmp_path, Project("qtdigits", "1", "", "MIT", "", ()))
    assert _metainfo(tmp_path).find("releases") is None


@pytest.mark.parametrize("project", [RELEASED, read_project()], ids=["released", "now"])
def test_metainfo_passes_the_standard_validator(tmp_path: Path, project: Project) -> None:
    linux_files.write_linux_files(tmp_path, project)
    done = _checked("appstreamcli", "validate", "--no-net", tmp_path / linux_files.METAINFO_FILE)
    assert done.returncode == 0, done.stdout


def test_file_types_know_strokes_by_name_and_by_content(share: Path) -> None:
    root = ElementTree.parse(share / linux_files.MIME_FILE).getroot()
    types = {element.get("type"): element for element in root.findall(f"{MIME}mime-type")}
    plain = types["application/x-qtdigits-strokes"]
    packed = types["application/x-qtdigits-strokes-gzip"]
    globs = [glob.get("pattern") for glob in plain.findall(f"{MIME}glob")]
    assert globs == ["*.strokes.jsonl", "*_strokes.jsonl"]
    assert [glob.get("pattern") for glob in packed.findall(f"{MIME}glob")] == [
        f"{pattern}.gz" for pattern in globs
    ]
    starts = [match.get("value", "") for match in plain.findall(f"{MIME}magic/{MIME}match")]
    samples = (ROOT / "resources/samples/digits.jsonl").read_text(encoding="utf-8")
    assert any(samples.startswith(start) for start in starts)
    assert sample_drawings()


def test_file_types_are_understood_by_the_desktop(
    share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _checked("update-mime-database", share / "mime").returncode == 0
    monkeypatch.setenv("XDG_DATA_HOME", str(share))
    strokes = ROOT / "resources/samples/digits.jsonl"
    other = tmp_path / "other.jsonl"
    other.write_text('{"label": "strokes", "text": "none"}\n', encoding="utf-8")
    kinds = []
    for file in (strokes, other):
        said = _checked("gio", "info", "--attributes=standard::content-type", file).stdout
        kinds.append("application/x-qtdigits-strokes" in said)
    assert kinds == [True, False]


def test_icons_have_the_sizes_that_their_folders_say(share: Path) -> None:
    pictures = sorted((share / "icons").rglob("*.png"))
    assert {16, 24, 32, 48, 64, 128, 256, 512} <= {
        int(path.parts[-3].split("x")[0]) for path in pictures
    }
    for path in pictures:
        with Image.open(path) as icon:
            assert f"{icon.width}x{icon.height}" == path.parts[-3]


def test_scalable_icon_is_the_source(share: Path) -> None:
    scalable = share / "icons/hicolor/scalable/apps/qtdigits.svg"
    assert scalable.read_bytes() == (ROOT / "resources/icons/qtdigits.svg").read_bytes()


def test_written_files_are_all_told(tmp_path: Path) -> None:
    told = linux_files.write_linux_files(tmp_path, RELEASED)
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert sorted(told) == sorted(written)
