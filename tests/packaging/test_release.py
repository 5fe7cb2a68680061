"""A release has the tag, the notes and the archives of its version; a workflow makes it."""

import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import release
from project import ROOT, Project, Release, read_project
from release import ReleaseError, check_tag, make_archive, notes

WORKFLOW = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
PROJECT = Project("qtdigits", "1.2", "Reads", "MIT", "A", (Release("1.2", "2026-12-01"),))
CHANGELOG = (
    "# Changelog\n\n## 1.2 (2026-12-01)\n\n* Better.\n* Wider.\n\n## 1.1 (2026-11-30)\n\n* Old.\n"
)


def test_tag_of_the_version_is_right() -> None:
    check_tag(PROJECT, "v1.2")


@pytest.mark.parametrize("tag", ["1.2", "v1.3", "v1.2.0"])
def test_other_tag_is_refused(tag: str) -> None:
    with pytest.raises(ReleaseError, match=r"is not that of version 1\.2"):
        check_tag(PROJECT, tag)


def test_version_without_a_date_is_not_released() -> None:
    with pytest.raises(ReleaseError, match="has no date"):
        check_tag(Project("qtdigits", "1.3", "", "MIT", "", PROJECT.releases), "v1.3")


def test_notes_are_what_the_changelog_says_of_the_version() -> None:
    assert notes(PROJECT, CHANGELOG) == "* Better.\n* Wider.\n"


def test_notes_of_the_present_version_are_there() -> None:
    text = notes(read_project(), (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert text.startswith("* ")
    assert "##" not in text


@pytest.mark.parametrize("changelog", ["", "## 1.2 (2026-12-01)\n\n## 1.1 (x)\n\n* Old.\n"])
def test_version_without_notes_is_not_released(changelog: str) -> None:
    with pytest.raises(ReleaseError, match=r"says nothing of version 1\.2"):
        notes(PROJECT, changelog)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such permission")
def test_archive_for_linux_keeps_what_may_be_executed(tmp_path: Path) -> None:
    (tmp_path / "qtdigits").write_text("program")
    (tmp_path / "qtdigits").chmod(0o755)
    archive = make_archive(PROJECT, tmp_path, "linux", "x86_64")
    assert archive == tmp_path / "release" / "qtdigits-1.2-linux-x86_64.tar.gz"
    with tarfile.open(archive) as packed:
        program = packed.getmember("qtdigits-1.2-linux-x86_64/qtdigits")
        assert program.mode & 0o111
        assert "qtdigits-1.2-linux-x86_64/LICENSE.txt" in packed.getnames()
    assert not (tmp_path / "staged").exists()


def test_archive_for_windows_is_a_zip(tmp_path: Path) -> None:
    (tmp_path / "qtdigits.exe").write_text("program")
    archive = make_archive(PROJECT, tmp_path, "win32", "AMD64")
    assert archive.name == "qtdigits-1.2-windows-x86_64.zip"
    with zipfile.ZipFile(archive) as packed:
        assert packed.read("qtdigits-1.2-windows-x86_64/qtdigits.exe") == b"program"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
def test_archive_for_macos_holds_the_application_with_its_links(tmp_path: Path) -> None:
    inside = tmp_path / "folder" / "qtdigits.app" / "Contents"
    inside.mkdir(parents=True)
    (inside / "Info.plist").write_text("plist")
    (inside / "link").symlink_to("Info.plist")
    archive = make_archive(PROJECT, tmp_path, "darwin", "arm64")
    with tarfile.open(archive) as packed:
        link = packed.getmember("qtdigits-1.2-macos-arm64/qtdigits.app/Contents/link")
        assert link.issym()


def test_archive_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="is not there"):
        make_archive(PROJECT, tmp_path, "linux", "x86_64")


def test_wrong_call_gives_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main(["tag"]) == 2
    assert capsys.readouterr().err.startswith("usage: ")


def test_refusal_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main(["tag", "v0.0"]) == 1
    assert capsys.readouterr().err.startswith("No release: the tag v0.0 is not that of version ")


def test_workflow_has_no_tabs_and_even_steps() -> None:
    indents = {len(line) - len(line.lstrip()) for line in WORKFLOW.splitlines() if line.strip()}
    assert "\t" not in WORKFLOW
    assert all(indent % 2 == 0 for indent in indents)


def test_workflow_builds_on_all_three_systems_with_the_one_builder() -> None:
    systems = re.findall(r"^ +- system: (\w+)-[\d.]+$", WORKFLOW, re.MULTILINE)
    assert systems == ["ubuntu", "windows", "macos"]
    assert WORKFLOW.count("python packaging/build.py") == 1


def test_workflow_pins_the_major_version_of_each_action() -> None:
    used = re.findall(r"uses: (\S+)", WORKFLOW)
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", action) for action in used)


def test_workflow_lets_no_name_from_outside_into_its_commands() -> None:
    commands = re.findall(r"run: (?:\|\n((?: {10}.*\n)+)|(.*))", WORKFLOW)
    expressions = re.findall(r"\$\{\{ *([\w.]+)", "\n".join(map("".join, commands)))
    assert set(expressions) <= {"matrix.form"}


def test_workflow_may_write_only_where_it_releases() -> None:
    head, _, job = WORKFLOW.partition("\n  release:\n")
    assert "contents: read" in head
    assert "write" not in head
    assert "contents: write" in job
    assert "if: startsWith(github.ref, 'refs/tags/')" in job


def test_workflow_runs_scripts_that_exist_with_options_that_they_know() -> None:
    for script in set(re.findall(r"python3? (packaging/\w+\.py)", WORKFLOW)):
        assert (ROOT / script).is_file()
    for command in re.findall(r"packaging/release\.py (\w+)", WORKFLOW):
        assert f'["{command}"' in Path(release.__file__).read_text(encoding="utf-8")
    assert "--folder" in (ROOT / "packaging" / "build.py").read_text(encoding="utf-8")


def test_workflow_installs_a_python_and_an_extra_of_the_project() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    asked = re.search(r'python-version: "3\.(\d+)"', WORKFLOW)
    assert asked is not None
    assert 11 <= int(asked[1]) <= 13
    assert '".[package]"' in WORKFLOW
    assert re.search(r"^package = \[", project, re.MULTILINE)


def test_workflow_asks_for_the_libraries_that_qt_needs() -> None:
    code = re.search(r'python -c "(.*)"\)$', WORKFLOW, re.MULTILINE)
    assert code is not None
    said = subprocess.run(
        [sys.executable, "-c", code[1]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"libegl1", "libxcb-cursor0", "binutils", "fonts-dejavu-core"} <= set(
        said.stdout.split()
    )
