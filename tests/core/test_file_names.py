"""Names that make trouble on some system are refused on every one."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtdigits.core.file_names import check_file_name


@pytest.mark.parametrize("name", ["con.keras", "NUL", "Aux.h5", "com1.npz", "lpt9.jsonl.gz"])
def test_device_of_windows_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name of a device on Windows; choose another"):
        check_file_name(Path("folder") / name)


@pytest.mark.parametrize("name", ["a" * 300 + ".keras", "é" * 120])
def test_name_that_is_too_long_is_refused_in_a_short_sentence(name: str) -> None:
    with pytest.raises(ValueError, match="is too long; choose a shorter one") as refused:
        check_file_name(Path(name))
    assert len(str(refused.value)) < 100


@pytest.mark.parametrize("name", ["mine.keras", "console.h5", "com10.npz", "a" * 200, "null"])
def test_other_names_are_taken(name: str) -> None:
    check_file_name(Path("con") / name)
