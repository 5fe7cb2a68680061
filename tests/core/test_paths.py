"""Where the program's files lie: in a checkout, installed, and frozen."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from qtdigits.core import paths


def test_resource_in_a_checkout_is_there() -> None:
    assert paths.resource("icons/pen.svg").is_file()


def test_shipped_model_in_a_checkout_lies_in_models() -> None:
    assert paths.shipped_model().parts[-2:] == ("models", "digits.keras")


def test_resource_of_an_installed_package_lies_inside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "_resources").mkdir()
    (tmp_path / "_models").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path)
    assert paths.resource("icons/pen.svg") == tmp_path / "_resources" / "icons" / "pen.svg"
    assert paths.shipped_model() == tmp_path / "_models" / "digits.keras"


def test_resource_of_the_frozen_program_lies_where_it_was_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource("icons/pen.svg") == tmp_path / "resources" / "icons" / "pen.svg"
    assert paths.shipped_model() == tmp_path / "models" / "digits.keras"


def test_own_folders_are_named_and_not_made(own_files: Path) -> None:
    for folder in (paths.data_dir(), paths.cache_dir()):
        assert "qtdigits" in folder.parts
        assert folder.is_relative_to(own_files)
        assert not folder.exists()


def test_mnist_lies_in_the_own_folder(own_files: Path) -> None:
    assert paths.mnist_file().is_relative_to(paths.data_dir())
    assert paths.mnist_file().name == "mnist.npz"
