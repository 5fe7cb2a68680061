"""What the project says about itself is read right, also for versions to come."""

from pathlib import Path

import pytest

import qtdigits
from project import Project, Release, read_project


def _project(version: str) -> Project:
    return Project("qtdigits", version, "Reads digits", "MIT", "Somebody", ())


def test_project_is_that_of_the_package() -> None:
    project = read_project()
    assert (project.name, project.version) == ("qtdigits", qtdigits.__version__)
    assert project.summary
    assert project.authors


@pytest.mark.parametrize(
    ("version", "numbers"),
    [
        ("0.1.0", (0, 1, 0, 0)),
        ("1.2", (1, 2, 0, 0)),
        ("1.2rc3", (1, 2, 0, 0)),
        ("2.0.1.dev4+local7", (2, 0, 1, 0)),
        ("1.2.3.4.5", (1, 2, 3, 4)),
    ],
)
def test_version_numbers_are_those_of_the_final_version(
    version: str, numbers: tuple[int, ...]
) -> None:
    assert _project(version).version_numbers == numbers


def test_short_version_has_three_numbers() -> None:
    assert _project("1.2rc3").short_version == "1.2.0"


def test_releases_are_those_with_a_date(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "qtdigits"\ndescription = "d"\nlicense = "MIT"\n'
        'authors = [{ name = "A" }, { name = "B" }]\n'
    )
    package = tmp_path / "src" / "qtdigits"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('"""Doc."""\n\n__version__ = "1.1"\n')
    (tmp_path / "CHANGELOG.md").write_text(
        "## 1.1 (unreleased)\n\n## 1.0 (2026-12-01)\n\n## 0.9 (2026-11-30)\n"
    )
    project = read_project(tmp_path)
    assert project.releases == (Release("1.0", "2026-12-01"), Release("0.9", "2026-11-30"))
    assert project.authors == "A, B"
