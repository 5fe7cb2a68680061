"""constraints.txt and pyproject.toml agree, on every platform."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import qtdigits

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENVIRONMENTS = [
    {"sys_platform": platform, "platform_machine": machine, "python_version": python}
    for platform, machine, python in itertools.product(
        ("linux", "darwin", "win32", "freebsd14"),
        ("x86_64", "aarch64", "arm64", "AMD64", "ppc64le", ""),
        ("3.11", "3.12", "3.13"),
    )
]


def _pins() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): Version(version) for name, version in pairs}


def _requirements() -> list[Requirement]:
    lines = [*PROJECT["build-system"]["requires"], *PROJECT["project"]["dependencies"]]
    for extra in PROJECT["project"]["optional-dependencies"].values():
        lines += extra
    return [r for r in map(Requirement, lines) if r.name != "qtdigits"]


def _dependencies(name: str) -> list[Requirement]:
    found = map(Requirement, PROJECT["project"]["dependencies"])
    return [r for r in found if canonicalize_name(r.name) == canonicalize_name(name)]


@pytest.mark.parametrize("requirement", _requirements(), ids=str)
def test_constraints_pin_what_the_project_asks_for(requirement: Requirement) -> None:
    assert _pins()[canonicalize_name(requirement.name)] in requirement.specifier


def test_constraints_are_sorted_and_name_each_package_once() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    names = [line.split("==")[0] for line in lines if not line.startswith("#")]
    assert names == sorted(set(names))


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=lambda e: "-".join(e.values()))
def test_exactly_one_tensorflow_is_asked_for(environment: dict[str, str]) -> None:
    both = _dependencies("tensorflow") + _dependencies("tensorflow-cpu")
    markers = [requirement.marker for requirement in both]
    assert sum(marker is None or marker.evaluate(environment) for marker in markers) == 1


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_exactly_one_pyside_is_asked_for(python: str) -> None:
    markers = [requirement.marker for requirement in _dependencies("PySide6-Essentials")]
    environment = {"python_version": python}
    assert sum(marker is None or marker.evaluate(environment) for marker in markers) == 1


def test_pyside_that_aborts_is_refused_below_python_312() -> None:
    (old,) = (
        requirement
        for requirement in _dependencies("PySide6-Essentials")
        if requirement.marker is None or requirement.marker.evaluate({"python_version": "3.11"})
    )
    assert Version("6.12.0") not in old.specifier


def test_version_is_the_newest_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert newest is not None
    assert newest[1] == qtdigits.__version__
