"""The built file in places that a test can spoil; `make test-package` says where the file is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "resources" / "samples" / "digits.jsonl"
PATIENCE_S = 300


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a built file there is nothing to try."""
    skip = pytest.mark.skip(reason="needs the built file: make package, then make test-package")
    for item in items:
        if Path(__file__).parent in item.path.parents and not os.environ.get("QTDIGITS_BUILT"):
            item.add_marker(skip)


@dataclass(frozen=True)
class Built:
    """The executable file with a home and a temporary folder of its own."""

    program: Path
    home: Path
    temporary: Path
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def cache(self) -> Path:
        """Where the network's part is kept."""
        return self.home / ".cache" / "qtdigits" / "parts"

    def environ(self) -> dict[str, str]:
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "QT_QPA_PLATFORM": "offscreen",
            **self.extra,
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start it in a process group of its own."""
        return subprocess.Popen(
            [str(self.program), *arguments],
            env=self.environ(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=PATIENCE_S)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    def reads(self) -> None:
        """Assert that it reads the sample drawings, and says nothing else."""
        done = self.run("recognize", "--json", str(SAMPLES))
        assert (done.returncode, done.stderr) == (0, "")
        assert len(done.stdout.splitlines()) >= 10

    def unpacked(self) -> Path:
        """The one folder in the cache that holds the network's part."""
        (package,) = self.cache.glob("*/tensorflow")
        return package.parent

    def left_over(self) -> list[str]:
        """What lies in the temporary folder."""
        return sorted(path.name for path in self.temporary.iterdir())


@pytest.fixture
def samples() -> Path:
    return SAMPLES


@pytest.fixture
def built(tmp_path: Path) -> Built:
    home, temporary = tmp_path / "person", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    return Built(Path(os.environ["QTDIGITS_BUILT"]).resolve(), home, temporary)


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the network's part was unpacked once."""
    home = tmp_path_factory.mktemp("warm home")
    temporary = tmp_path_factory.mktemp("temporary")
    Built(Path(os.environ["QTDIGITS_BUILT"]).resolve(), home, temporary).reads()
    return home


@pytest.fixture
def warm(built: Built, warm_cache: Path) -> Built:
    """Not the first start; the cache is the test's own to spoil."""
    shutil.copytree(warm_cache, built.home, dirs_exist_ok=True, symlinks=True)
    return built


@pytest.fixture
def mounted(tmp_path: Path) -> Callable[[str, str], list[str]]:
    """Call it with a path and mount options of a tmpfs: a prefix for commands that see it there."""
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        pytest.skip("needs unshare, to mount a small disk for one process alone")
    unshare = ["unshare", "--mount", "--map-root-user"]
    if subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine allows no mounts of one's own")

    def prefix(place: str, options: str) -> list[str]:
        script = f'mount -t tmpfs -o {options} tmpfs "{place}" && exec "$@"'
        return [*unshare, "sh", "-c", script, "sh"]

    return prefix
