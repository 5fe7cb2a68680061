"""Where the program's own files lie, and where a person's do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs

from qtdigits.core.home import NO_HOME

_PACKAGE = Path(__file__).resolve().parent.parent


def _own(installed_name: str, source_name: str) -> Path:
    """A folder that ships with the program: frozen, installed as a wheel, or in a checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / source_name
    installed = _PACKAGE / installed_name
    return installed if installed.is_dir() else _PACKAGE.parent.parent / source_name


def resource(name: str) -> Path:
    """A file under resources/, such as 'icons/pen.svg'."""
    return _own("_resources", "resources") / name


def shipped_model() -> Path:
    """The network that ships with the program."""
    return _own("_models", "models") / "digits.keras"


def _persons(folder: Callable[..., str]) -> Path:
    try:
        return Path(folder("qtdigits", appauthor=False))
    except RuntimeError:  # the library may be used where nobody settled that there is no home
        return Path(NO_HOME) / "qtdigits"


def data_dir() -> Path:
    """The person's own folder for drawings and networks; made by those who write to it."""
    return _persons(platformdirs.user_data_dir)


def mnist_file() -> Path:
    """Where MNIST lies once it has been fetched."""
    return data_dir() / "mnist" / "mnist.npz"


def cache_dir() -> Path:
    """The person's folder for what can be made again."""
    return _persons(platformdirs.user_cache_dir)


def log_dir() -> Path:
    """The person's folder for what the program says of its troubles."""
    return _persons(platformdirs.user_log_dir)


def lock_file() -> Path:
    """Held by the one window of this person."""
    return data_dir() / "window.lock"


def kept_ink() -> Path:
    """Where the drawing lies that is on the paper now."""
    return data_dir() / "on-the-paper.ink"
