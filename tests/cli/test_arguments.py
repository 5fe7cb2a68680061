"""Arguments that several commands have are read alike."""

from __future__ import annotations

import argparse

import pytest

from qtdigits.cli.arguments import line_numbers


def test_lines_are_numbers_and_ranges() -> None:
    assert line_numbers("7, 12-15,12") == {7, 12, 13, 14, 15}


@pytest.mark.parametrize("text", ["", "0", "3-", "-3", "5-4", "1-2-3", "two", "1;2", "2000001"])
def test_other_words_are_no_lines(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="is not a"):
        line_numbers(text)
