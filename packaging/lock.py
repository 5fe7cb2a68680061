"""Write constraints.txt: one exact version of everything, good for every Python and platform.

The dependencies are resolved for the oldest Python, and the answer is then resolved again as it
stands for the newer ones, so one version serves all. What only other platforms ask for (colorama
on Windows, tensorflow outside Linux on x86-64) is found by reading every package's own markers
as those platforms would.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

import pythons

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.11", "3.12", "3.13")
PLATFORMS = (
    ("linux", "Linux", "posix", "x86_64"),
    ("linux", "Linux", "posix", "aarch64"),
    ("win32", "Windows", "nt", "AMD64"),
    ("darwin", "Darwin", "posix", "arm64"),
)
Distribution = dict[str, Any]  # one entry of pip's installation report
HEADER = """\
# One exact version of everything that qtdigits and its tests install, for Python 3.11 to 3.13 on
# Linux, Windows and macOS. Written by `make lock`; edit pyproject.toml instead.
"""


def environments() -> Iterable[dict[str, str]]:
    """The marker variables of every Python and platform that the constraints are for."""
    for version in VERSIONS:
        for sys_platform, system, os_name, machine in PLATFORMS:
            yield {
                "python_version": version,
                "python_full_version": version + ".0",
                "sys_platform": sys_platform,
                "platform_system": system,
                "os_name": os_name,
                "platform_machine": machine,
            }


def applies(requirement: Requirement, extras: Iterable[str]) -> bool:
    """Whether any supported environment, with any of the extras, asks for the requirement."""
    marker = requirement.marker
    return marker is None or any(
        marker.evaluate({**environment, "extra": extra})
        for environment in environments()
        for extra in ("", *extras)
    )


def project_requirements() -> list[Requirement]:
    """What pyproject.toml names: dependencies, extras and the build back end."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for extra in project["project"]["optional-dependencies"].values():
        lines += extra
    named = [Requirement(line) for line in lines]
    return [r for r in named if canonicalize_name(r.name) != project["project"]["name"]]


def resolve(
    python: str, requirements: Iterable[str], constraints: Iterable[str]
) -> list[Distribution]:
    """pip's report on what it would install; raises SystemExit with pip's words."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, fixed, report = (Path(folder) / name for name in ("r.txt", "c.txt", "report.json"))
        wanted.write_text("\n".join(requirements))
        fixed.write_text("\n".join(constraints))
        command = [sys.executable, "-m", "pip", "--python", python, "install", "--dry-run"]
        command += ["--ignore-installed", "--quiet", "--report", str(report)]
        done = subprocess.run([*command, "-r", str(wanted), "-c", str(fixed)], check=False)
        if done.returncode != 0:
            sys.exit(f"The dependencies do not resolve for {python}.")
        entries: list[Distribution] = json.loads(report.read_text())["install"]
        return entries


def asked_for(
    requirements: Iterable[Requirement], installed: Iterable[Distribution]
) -> dict[str, str]:
    """Name -> requirement without a marker, for all that any supported environment installs.

    Where environments ask for different versions, the requirement holds for all of them.
    """
    wanted = [requirement for requirement in requirements if applies(requirement, ())]
    for entry in installed:
        lines = entry["metadata"].get("requires_dist", [])
        extras = entry.get("requested_extras", [])
        wanted += [r for r in map(Requirement, lines) if applies(r, extras)]
    specifiers: dict[str, SpecifierSet] = {}
    for requirement in wanted:
        name = canonicalize_name(requirement.name)
        specifiers[name] = specifiers.get(name, SpecifierSet()) & requirement.specifier
    return {name: f"{name}{specifier}" for name, specifier in specifiers.items()}


def main() -> None:
    """Resolve until no environment asks for a package without a version, then write the file."""
    interpreters = {version: pythons.probe("python" + version) for version in VERSIONS}
    absent = [version for version, python in interpreters.items() if python is None]
    if absent:
        sys.exit("make lock needs Python 3.11, 3.12 and 3.13; not found: " + ", ".join(absent))
    pins: dict[str, str] = {}
    wanted = asked_for(project_requirements(), [])
    for python in interpreters.values():
        assert python is not None, "absent ones were refused above"
        while True:
            print(f"Resolving for Python {'.'.join(map(str, python.version))} ...", flush=True)
            installed = resolve(
                python.path, wanted.values(), [f"{n}=={v}" for n, v in pins.items()]
            )
            for entry in installed:
                metadata = entry["metadata"]
                pins[canonicalize_name(metadata["name"])] = metadata["version"]
            wanted = asked_for(project_requirements(), installed)
            if wanted.keys() <= pins.keys():
                break
    text = HEADER + "".join(f"{name}=={version}\n" for name, version in sorted(pins.items()))
    (ROOT / "constraints.txt").write_text(text, encoding="utf-8")
    print(f"constraints.txt: {len(pins)} versions")


if __name__ == "__main__":
    main()
