"""The forms of an export: by the file's name, and what each needs."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from qtdigits.core.export_forms import (
    FORMS,
    ExportForm,
    form_of,
    missing_package,
    missing_words,
)


def test_every_form_is_described() -> None:
    assert set(FORMS) == set(ExportForm)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.keras", ExportForm.KERAS),
        ("a.h5", ExportForm.HDF5),
        ("a.tflite", ExportForm.LITERT),
        ("a.onnx", ExportForm.ONNX),
        ("a", ExportForm.SAVED_MODEL),
    ],
)
def test_name_asks_for_a_form(name: str, form: ExportForm) -> None:
    assert form_of(Path("folder.x") / name) is form


def test_unknown_suffix_is_refused() -> None:
    with pytest.raises(ValueError, match=r"not as 'a\.pt'"):
        form_of(Path("a.pt"))


def test_package_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert {form: missing_package(form) for form in ExportForm if missing_package(form)} == {
        ExportForm.ONNX: "tf2onnx"
    }
    assert "pip install tf2onnx" in missing_words("tf2onnx")
