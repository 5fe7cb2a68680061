"""The table of faults names all sixty, in order, and tests that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
ROWS: Final = [
    line
    for line in Path(__file__).with_name("README.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d+ \|", line)
]
NAMED: Final = sorted({name for row in ROWS for name in re.findall(r"`(tests/[^`]*::[^`]*)`", row)})


def test_rows_are_in_order_with_four_cells_each() -> None:
    numbers = [int(row.split("|")[1]) for row in ROWS]
    assert numbers == sorted(set(numbers))
    assert all(len(row.strip("|").split(" | ")) == 4 for row in ROWS)


def test_no_fault_is_left_out_in_silence() -> None:
    numbers = {int(row.split("|")[1]) for row in ROWS}
    assert set(range(1, 61)) - numbers == set()
    for row in ROWS:
        _, _, tests, behaviour = row.strip("| ").split(" | ")
        assert "::" in tests or tests.strip() == "–"
        assert len(behaviour.strip(" |")) > 5


@pytest.mark.parametrize("name", NAMED)
def test_named_test_exists(name: str) -> None:
    file, _, function = name.partition("::")
    text = (ROOT / file).read_text(encoding="utf-8")
    assert re.search(rf"^def {re.escape(function)}\b", text, re.MULTILINE), name
