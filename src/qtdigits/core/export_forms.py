"""The forms that a network can be exported in, for other programs."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final


class ExportForm(StrEnum):
    """What kind of file or folder comes of an export; the values are those of --format."""

    KERAS = "keras"
    HDF5 = "h5"
    LITERT = "litert"
    SAVED_MODEL = "saved-model"
    SERVING = "serving"
    ONNX = "onnx"


@dataclass(frozen=True, slots=True)
class FormDetails:
    """What people are told of a form.

    suffix: how the file's name ends, '' for a folder. package: a Python package that is not part of
    this program and must be there to write the form, '' for none.
    """

    title: str
    help: str
    suffix: str = ""
    package: str = ""


FORMS: Final[dict[ExportForm, FormDetails]] = {
    ExportForm.KERAS: FormDetails(
        "Keras (.keras)", "One file for Keras 3, with the model card beside it.", ".keras"
    ),
    ExportForm.HDF5: FormDetails(
        "HDF5 (.h5)", "One file for older Keras, with the model card beside it.", ".h5"
    ),
    ExportForm.LITERT: FormDetails(
        "LiteRT (.tflite)",
        "One file for phones and small devices, once TensorFlow Lite.",
        ".tflite",
    ),
    ExportForm.SAVED_MODEL: FormDetails(
        "SavedModel (folder)", "A folder that TensorFlow opens in any language."
    ),
    ExportForm.SERVING: FormDetails(
        "TensorFlow Serving (folder)",
        "A folder with numbered versions; exporting to the same folder adds the next version.",
    ),
    ExportForm.ONNX: FormDetails(
        "ONNX (.onnx)", "One file for ONNX Runtime and many other programs.", ".onnx", "tf2onnx"
    ),
}


def form_of(place: Path) -> ExportForm:
    """The form that a name asks for: by its suffix, a SavedModel without one; raises ValueError."""
    for form, details in FORMS.items():
        if details.suffix == place.suffix and form is not ExportForm.SERVING:
            return form
    known = ", ".join(details.suffix for details in FORMS.values() if details.suffix)
    raise ValueError(
        f"a network is exported as {known} or, without a suffix, as a folder; not as {place.name!r}"
    )


def missing_package(form: ExportForm) -> str:
    """The Python package that must be installed before the form can be written, '' for none."""
    package = FORMS[form].package
    return package if package and importlib.util.find_spec(package) is None else ""


def missing_words(package: str) -> str:
    """What to do about a missing package, as a part of a sentence."""
    return f"it needs the Python package {package} (pip install {package})"
