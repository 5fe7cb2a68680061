"""Large blocks of memory go back to the system."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

PROGRAM = """
import os
from pathlib import Path
from qtdigits.core.memory import give_back_large_blocks

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

give_back_large_blocks()
bytearray(24 << 20)  # from now on this would be no large block any more
before = resident()
large = bytearray(24 << 20)
small = [bytes(4000) for _ in range(200)]  # behind it, so that its place cannot be cut off
del large
print(resident() - before)
"""


def kept(**environment: str) -> int:
    """Bytes that a process keeps of a block of 24 MiB that it has let go of."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env=os.environ | environment,
    )
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc's malloc is told so")
def test_large_block_goes_back_although_one_as_large_did_before() -> None:
    assert kept() < 4 << 20


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc's malloc is told so")
def test_limit_that_a_person_has_set_stays() -> None:
    assert kept(MALLOC_MMAP_THRESHOLD_=f"{32 << 20}") > 20 << 20
