"""Loading TensorFlow without stopping the window, and without its chatter."""

from __future__ import annotations

import ctypes
import gc
import importlib
import importlib.util
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from qtdigits.core import paths

_BIG_LIBRARIES: Final = ("libtensorflow_framework.so.2", "libtensorflow_cc.so.2")
_OURS: Final = "qtdigits.ml.network"
_STDERR: Final = 2
_CHATTER: Final = re.compile(
    rb"WARNING: All log messages before absl|I0000 |To enable the following"
)


def prepare_environment(with_gpus: bool = False) -> None:
    """Set what Keras and TensorFlow read from the environment when they are imported.

    What a person has set already stays as it is. with_gpus: let TensorFlow see the GPUs.
    """
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("KERAS_HOME", str(paths.cache_dir() / "keras"))
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    if not with_gpus:
        # One digit is answered sooner by the processor than it is carried to a GPU.
        os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


def _require_avx(facts: Path = Path("/proc/cpuinfo")) -> None:
    """Raise ValueError where TensorFlow would end the process by an unknown instruction.

    Its wheels for x86-64 are built for AVX. facts: what Linux tells of the processor.
    """
    with suppress(OSError):
        flags = re.search(r"^flags\s*:(.*)$", facts.read_text(errors="replace"), re.MULTILINE)
        if flags is not None and "avx" not in flags[1].split():
            raise ValueError(
                "this computer's processor lacks AVX, which TensorFlow needs; "
                "use a computer with a processor made since about 2012"
            )


def _require_temporary_folder() -> None:
    """Raise ValueError where nothing can be written that TensorFlow writes while it is imported."""
    try:
        tempfile.gettempdir()
    except OSError:
        raise ValueError(
            "no folder for temporary files can be written to; "
            f"free some space in {os.environ.get('TMPDIR') or '/tmp'}, or set TMPDIR to another one"
        ) from None


def import_keras(with_gpus: bool = False) -> None:
    """Import TensorFlow and Keras from a thread while another one keeps a window alive.

    An import holds the interpreter lock while the dynamic linker works, half a second for
    TensorFlow. Loaded by dlopen first, which lets go of the lock, the library is found loaded by
    the import. The garbage collector would walk the hundred thousand objects that the import
    makes again and again, so it rests meanwhile and leaves them alone afterwards. Nothing happens
    at a second call: a network that is in use would be left alone, too, and never be let go of.
    """
    if _OURS in sys.modules:
        return
    _require_avx()
    _require_temporary_folder()
    prepare_environment(with_gpus)
    collecting = gc.isenabled()
    gc.disable()
    try:
        with _without_chatter():
            _load_big_libraries()
            importlib.import_module("keras")
            importlib.import_module(_OURS)
        gc.freeze()
    finally:
        if collecting:
            gc.enable()


def use_one_thread() -> None:
    """Let TensorFlow compute in one thread: for one digit at a time, dividing the work costs more
    than it saves, and the window keeps a core. Without effect once TensorFlow has computed.
    """
    use_threads(1)


def use_threads(count: int) -> None:
    """Let TensorFlow compute in so many threads; without effect once it has computed."""
    import tensorflow as tf

    with suppress(RuntimeError):
        tf.config.threading.set_intra_op_parallelism_threads(count)
        tf.config.threading.set_inter_op_parallelism_threads(count)


def forget_networks() -> None:
    """Let go of what TensorFlow keeps of every network that was built: a megabyte each of ours.

    Its cache has a kernel for each name of a variable, and Keras gives new names to each network;
    afterwards it begins with the first names again. Networks in use go on answering. Not for a
    thread that trains: what Keras draws by chance then no longer follows from an earlier seed.
    """
    import keras

    keras.utils.clear_session(free_memory=False)


def _load_big_libraries() -> None:
    spec = importlib.util.find_spec("tensorflow")
    if spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent
    libraries = [folder / name for name in _BIG_LIBRARIES if (folder / name).is_file()]
    if not libraries:  # other systems than Linux name them otherwise, and load them quickly
        return
    # CDLL() itself holds the interpreter lock while it loads; a foreign call lets go of it.
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes, dlopen.restype = [ctypes.c_char_p, ctypes.c_int], ctypes.c_void_p
    for library in libraries:
        dlopen(os.fsencode(library), os.RTLD_NOW)


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
