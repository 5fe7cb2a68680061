"""The bundle gets the licences of all that is in it, and nothing that is under the GPL alone."""

import gzip
import json
import sys
from pathlib import Path

import numpy
import PIL
import pytest

import licences
import system_packages
from licences import LicenceError, gpl_only_modules, write_licences
from project import ROOT
from qtdigits.core.licences import Notice

LIBRARIES = Path(PIL.__file__).resolve().parents[1]
SYSTEM = Path("/usr/lib/x86_64-linux-gnu/libz.so.1")


@pytest.fixture(autouse=True)
def any_bootloader(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyInstaller is installed only where executable files are made."""
    monkeypatch.setattr(licences, "_BOOTLOADER", "pytest")


def _text(tmp_path: Path, *entries: tuple[str, str | Path]) -> str:
    target = tmp_path / "licences.txt.gz"
    write_licences(target, [(name, str(file)) for name, file in entries])
    return gzip.decompress(target.read_bytes()).decode("utf-8")


def _system_knows(monkeypatch: pytest.MonkeyPatch, *notices: Notice) -> None:
    def notices_of(files: list[Path]) -> tuple[list[Notice], list[Path]]:
        return (list(notices), []) if notices or not files else ([], files)

    monkeypatch.setattr(licences, "notices_of", notices_of)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/QtCharts.abi3.so",
        "PySide6/Qt/lib/libQt6Charts.so.6",
        "PySide6\\QtDataVisualization.pyd",
        "PySide6/Qt6Graphs.dll",
        "PySide6.QtGraphsWidgets",
        "PySide6/Qt/lib/QtGraphs.framework/Versions/A/QtGraphs",
        "PySide6/Qt/lib/libQt6Quick3DRuntimeRender.so.6",
        "PySide6/Qt/lib/libQt6QuickTimeline.so.6",
        "PySide6/Qt/lib/libQt6ShaderTools.so.6",
        "PySide6/Qt/lib/libQt6WaylandCompositor.so.6",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6.QtHttpServer",
        "PySide6.QtNetworkAuth",
        "PySide6.QtCanvasPainter",
        "libreadline.so.8",
        "lib-dynload/readline.cpython-311-x86_64-linux-gnu.so",
        "readline",
        "_gdbm",
    ],
)
def test_part_under_the_gpl_alone_is_found(name: str) -> None:
    assert gpl_only_modules(["PySide6.QtCore", name, "json"]) == [name]


def test_parts_under_other_licences_are_not_taken_for_it() -> None:
    names = [
        "PySide6.QtCore",
        "PySide6/QtWidgets.abi3.so",
        "PySide6/Qt/lib/libQt6XcbQpa.so.6",
        "PySide6/Qt/lib/libQt6WaylandClient.so.6",
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/lib/libQt63DCore.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "google/protobuf/message.py",
        "keras/src/utils/grpc.py",
        "pyqtgraph.graphicsItems.PlotItem",
        "qtdigits.core.charts",
        "qtdigits/ui/views/training/curve_plot.py",
        "resources/icons/qtdigits.svg",
    ]
    assert gpl_only_modules(names) == []


def test_bundle_with_a_part_under_the_gpl_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LicenceError, match=r"under the GPL alone: libQt6Charts\.so\.6"):
        _text(tmp_path, ("libQt6Charts.so.6", SYSTEM))
    assert not (tmp_path / "licences.txt.gz").exists()


def test_program_python_and_bootloader_are_always_named(tmp_path: Path) -> None:
    text = _text(tmp_path)
    version = ".".join(map(str, sys.version_info[:3]))
    assert text.index("\nqtdigits ") < text.index(f"\nPython {version}\n") < text.index("\npytest ")
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in text


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("PIL.Image", LIBRARIES / "PIL" / "Image.py"),
        ("PIL/Image.pyc", "/stage/network/PIL/Image.pyc"),
        ("PIL/Image.py", "/elsewhere/Image.py"),
        ("PIL\\Image.py", "/elsewhere/Image.py"),
    ],
)
def test_file_of_a_package_brings_its_licence(tmp_path: Path, name: str, file: str | Path) -> None:
    text = _text(tmp_path, (name, file))
    assert f"\npillow {PIL.__version__}\n" in text
    assert "numpy" not in text[: text.index("=====")]


def test_package_is_named_once_whatever_comes_of_it(tmp_path: Path) -> None:
    folder = Path(numpy.__file__).parent
    files = [("numpy", folder / "__init__.py"), ("numpy.version", folder / "version.py")]
    assert _text(tmp_path, *files).count(f"\nnumpy {numpy.__version__}\n") == 1


def test_own_files_and_those_of_python_need_no_other_licence(tmp_path: Path) -> None:
    without = _text(tmp_path)
    files: list[tuple[str, str | Path]] = [
        ("json", json.__file__),
        ("resources/icons/pen.svg", ROOT / "resources/icons/pen.svg"),
        ("qtdigits.core.ink", ROOT / "src/qtdigits/core/ink.py"),
    ]
    assert _text(tmp_path, *files) == without


def test_library_of_the_system_brings_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _system_knows(monkeypatch, Notice("zlib1g", "1.2", "see below", "It is free."))
    text = _text(tmp_path, ("libz.so.1", SYSTEM))
    assert "\nzlib1g 1.2\nsee below\n====" in text
    assert "It is free." in text


def test_library_that_nobody_knows_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _system_knows(monkeypatch)
    with pytest.raises(LicenceError, match=r"no licence is known of /opt/libodd\.so"):
        _text(tmp_path, ("libodd.so", "/opt/libodd.so"))


def test_microsofts_runtime_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _system_knows(monkeypatch)
    text = _text(tmp_path, ("VCRUNTIME140.dll", "/windows/VCRUNTIME140.dll"))
    assert "\nMicrosoft Visual C++ runtime\nredistributable\n" in text


def _debian(monkeypatch: pytest.MonkeyPatch, documents: Path, owned: dict[str, str]) -> None:
    """A package manager that knows these paths, and their packages' versions as 9."""

    def said(*command: str) -> str:
        if command[:2] == ("dpkg-query", "-S"):
            return "\n".join(f"{owned[path]}: {path}" for path in command[2:] if path in owned)
        if command[0] == "dpkg-query":
            return "\n".join(f"{package} 9" for package in command[4:])
        return ""

    monkeypatch.setattr(system_packages, "_said", said)
    monkeypatch.setattr(system_packages, "_DOCUMENTS", documents)
    for package in owned.values():
        folder = documents / package.partition(":")[0]
        folder.mkdir(parents=True)
        (folder / "copyright").write_text(f"That of {folder.name}.\n", encoding="utf-8")


def test_debian_package_is_found_by_any_spelling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _debian(monkeypatch, tmp_path, {"/lib/odd/libz.so.1": "zlib1g:amd64", "/usr/lib/b.so": "b"})
    files = [Path("/usr/lib/odd/libz.so.1"), Path("/lib/b.so"), Path("/opt/c.so")]
    found, unknown = system_packages.notices_of(files)
    assert found == [
        Notice("b", "9", "see below", "That of b."),
        Notice("zlib1g", "9", "see below", "That of zlib1g."),
    ]
    assert unknown == [Path("/opt/c.so")]


@pytest.mark.parametrize(
    ("copyright_file", "licence"),
    [
        ("Files: *\nCopyright: 1999 A\n  2001 B\nLicense: MIT\n\nFiles: x\nLicense: GPL", "MIT"),
        ("Files: debian/*\nLicense: GPL\n\nFiles: *\nCopyright: A\nLicense: Zlib\n", "Zlib"),
        ("Files: *\nCopyright: A\nLicense: " + "MIT or " * 20, "see below"),
        ("It was downloaded from somewhere.", "see below"),
    ],
)
def test_licence_of_a_debian_package_is_that_of_most_of_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, copyright_file: str, licence: str
) -> None:
    _debian(monkeypatch, tmp_path, {"/usr/lib/b.so": "b"})
    (tmp_path / "b" / "copyright").write_text(copyright_file, encoding="utf-8")
    (notice,), _ = system_packages.notices_of([Path("/usr/lib/b.so")])
    assert notice.licence == licence


def test_rpm_package_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    licence = tmp_path / "LICENSE"
    licence.write_text("Be nice.\n")

    def said(*command: str) -> str:
        if command[:2] == ("rpm", "-qf"):
            return "zlib\n1.3\nZlib" if command[-1].endswith("libz.so.1") else "is not owned"
        return str(licence) if command[:2] == ("rpm", "-qL") else ""

    monkeypatch.setattr(system_packages, "_said", said)
    found, unknown = system_packages.notices_of([Path("/opt/libz.so.1"), Path("/opt/odd.so")])
    assert found == [Notice("zlib", "1.3", "Zlib", "Be nice.")]
    assert unknown == [Path("/opt/odd.so")]


def test_texts_kept_in_one_place_are_added_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "LGPL-2.1").write_text("lesser")
    monkeypatch.setattr(system_packages, "_COMMON_TEXTS", tmp_path)
    pointing = f"see '{tmp_path}/LGPL-2.1'. And {tmp_path}/LGPL-2.1, and {tmp_path}/None."
    notices = [Notice("a", "1", "", pointing), Notice("b", "1", "", pointing)]
    assert system_packages.common_texts(notices) == [
        Notice("Text of LGPL-2.1", "", "as notices above say", "lesser")
    ]


def test_system_without_a_package_manager_knows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert system_packages.notices_of([SYSTEM]) == ([], [SYSTEM])
