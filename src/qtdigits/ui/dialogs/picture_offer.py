"""What the clipboard, or a thing dropped onto the window, offers to be read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

_FORMATS: Final = (
    *("image/png", "image/jpeg", "image/webp", "image/tiff", "image/bmp", "image/gif"),
)
"""Files in memory; read by our own decoder and outside the window's thread."""

_GONE: Final = "The picture was gone before it could be read. Copy it again."
_ELSEWHERE: Final = "Only pictures on this computer can be opened. Save it first."
_TEXT: Final = "This is text, not a picture."
_NOTHING: Final = "There is no picture to paste."


@dataclass(frozen=True, slots=True)
class Offer:
    """One of: files and folders, the bytes of a file, an image; or else why there is nothing."""

    paths: tuple[Path, ...] = ()
    content: bytes = b""
    image: QImage | None = None
    refusal: str = ""


def is_welcome(mime: QMimeData) -> bool:
    """Whether something in it may be read; tells without fetching anything."""
    return bool(_paths(mime)) or mime.hasImage() or _format(mime) is not None


def offer_of(mime: QMimeData | None) -> Offer:
    """What is in it. Whoever offers it may have gone meanwhile."""
    if mime is None:
        return Offer(refusal=_NOTHING)
    paths = _paths(mime)
    if paths:
        return Offer(paths=paths)
    kind = _format(mime)
    if kind is not None:
        content = bytes(mime.data(kind).data())
        if content:
            return Offer(content=content)
    if mime.hasImage():
        image = QImage(mime.imageData())
        if not image.isNull():
            return Offer(image=image)
    if kind is not None or mime.hasImage():
        return Offer(refusal=_GONE)
    if mime.hasUrls():
        return Offer(refusal=_ELSEWHERE)
    return Offer(refusal=_TEXT if mime.hasText() else _NOTHING)


def _paths(mime: QMimeData) -> tuple[Path, ...]:
    """The files and folders of this computer among what is linked to."""
    if not mime.hasUrls():
        return ()
    return tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())


def _format(mime: QMimeData) -> str | None:
    return next((name for name in _FORMATS if mime.hasFormat(name)), None)
