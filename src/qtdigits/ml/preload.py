"""Loading TensorFlow without stopping the window, and without its chatter."""

from __future__ import annotations

import ctypes
import gc
import importlib
import importlib.util
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from qtdigits.core import paths

_BIG_LIBRARIES: Final = ("libtensorflow_framework.so.2", "libtensorflow_cc.so.2")
_STDERR: Final = 2
_CHATTER: Final = re.compile(
    rb"WARNING: All log messages before absl|I0000 |To enable the following"
)


def prepare_environment() -> None:
    """Set what Keras and TensorFlow read from the environment when they are imported.

    What a person has set already stays as it is.
    """
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("KERAS_HOME", str(paths.cache_dir() / "keras"))
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # One digit is answered sooner by the processor than it is carried to a GPU.
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


def import_keras() -> None:
    """Import TensorFlow and Keras from a thread while another one keeps a window alive.

    An import holds the interpreter lock while the dynamic linker works, half a second for
    TensorFlow. Loaded through ctypes first, which lets go of the lock, the library is found
    loaded by the import. The garbage collector would walk the hundred thousand objects that the
    import makes again and again, so it rests meanwhile and leaves them alone afterwards.
    """
    prepare_environment()
    collecting = gc.isenabled()
    gc.disable()
    try:
        with _without_chatter():
            _load_big_libraries()
            importlib.import_module("keras")
            importlib.import_module("qtdigits.ml.network")
    finally:
        gc.freeze()
        if collecting:
            gc.enable()


def _load_big_libraries() -> None:
    spec = importlib.util.find_spec("tensorflow")
    if spec is None or spec.origin is None:
        return
    for name in _BIG_LIBRARIES:
        library = Path(spec.origin).parent / name
        if library.is_file():
            ctypes.CDLL(str(library))


@contextmanager
def _without_chatter() -> Iterator[None]:
    """Hold back what TensorFlow prints about itself, which no setting of its own can stop.

    It comes from C++ before the log level is known, so the file descriptor is turned aside. Every
    other line is passed on afterwards.
    """
    try:
        real = os.dup(_STDERR)
    except OSError:  # a windowed program has none
        yield
        return
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(real, _STDERR)
            os.close(real)
            held.seek(0)
            for line in held:
                if not _CHATTER.match(line):
                    os.write(_STDERR, line)
