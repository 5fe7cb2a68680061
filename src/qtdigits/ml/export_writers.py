"""Networks in the forms of other programs: how each is written, and read as those programs do."""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from qtdigits.core.export_forms import ExportForm

_INPUT: Final = [tf.TensorSpec((None, 28, 28, 1), tf.float32, name="images")]
"""The name that other programs give the digit images by; Keras' own counts up with each network."""

Images = NDArray[np.float32]
"""Shape (n, 28, 28, 1), 0 for paper to 1 for ink."""
Logits = NDArray[np.float32]
"""Shape (n, 10)."""


@dataclass(frozen=True, slots=True)
class Writer:
    """How to write a network to a path that is free, and what the written one answers."""

    write: Callable[[keras.Sequential, Path], None]
    answers: Callable[[Path, Images], Logits]


def _write_litert(network: keras.Sequential, path: Path) -> None:
    with _without_warnings():
        network.export(path, format="litert", verbose=False, input_signature=_INPUT)


def _litert_answers(path: Path, images: Images) -> Logits:
    """By LiteRT's own interpreter where it is installed, else by the one inside TensorFlow.

    Without the delegate that is quicker: it announces itself on standard error.
    """
    with _without_warnings():  # TensorFlow's is deprecated, and still there in the version we need
        if importlib.util.find_spec("ai_edge_litert") is not None:
            litert = importlib.import_module("ai_edge_litert.interpreter")
            make, resolvers = litert.Interpreter, litert.OpResolverType
        else:
            make, resolvers = tf.lite.Interpreter, tf.lite.experimental.OpResolverType
        interpreter = make(
            model_path=str(path),
            experimental_op_resolver_type=resolvers.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
        )
        (logits,) = interpreter.get_signature_runner()(images=images).values()
    return np.asarray(logits)


def _write_saved_model(network: keras.Sequential, path: Path) -> None:
    with _without_warnings():
        network.export(path, format="tf_saved_model", verbose=False, input_signature=_INPUT)


def _saved_model_answers(path: Path, images: Images) -> Logits:
    """By the signature that TensorFlow Serving calls."""
    signature = tf.saved_model.load(str(path)).signatures["serving_default"]
    (logits,) = signature(images=tf.constant(images)).values()
    return np.asarray(logits.numpy())


def _write_onnx(network: keras.Sequential, path: Path) -> None:
    with _without_warnings():
        network.export(path, format="onnx", verbose=False, input_signature=_INPUT)


def _onnx_answers(path: Path, images: Images) -> Logits:
    """By ONNX Runtime where it is installed, else by the reference in the package onnx."""
    with _without_warnings():
        session: Any
        if importlib.util.find_spec("onnxruntime") is not None:
            runtime = importlib.import_module("onnxruntime")
            session = runtime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        else:
            reference = importlib.import_module("onnx.reference")
            session = reference.ReferenceEvaluator(str(path))
        (logits,) = session.run(None, {"images": images})
    return np.asarray(logits)


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Keep the libraries' words to their programmers from those who use this program."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


WRITERS: Final[dict[ExportForm, Writer]] = {
    ExportForm.LITERT: Writer(_write_litert, _litert_answers),
    ExportForm.SAVED_MODEL: Writer(_write_saved_model, _saved_model_answers),
    ExportForm.SERVING: Writer(_write_saved_model, _saved_model_answers),
    ExportForm.ONNX: Writer(_write_onnx, _onnx_answers),
}
