"""Follows the open pictures: what waits is read, what the person says of boxes is kept.

No widgets here: only what is known of each picture, and who is to hear of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage, QUndoCommand, QUndoStack

from qtdigits.core.atomic_file import replace_file
from qtdigits.core.data_files.regular import shown
from qtdigits.core.ink import Bounds
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.picture_boxes import Boxes
from qtdigits.core.picture_finding import pictures_in
from qtdigits.core.picture_reader import PictureReader, Source, thumbnail
from qtdigits.core.picture_sheet import OpenPicture, PictureState, table
from qtdigits.core.prediction import Prediction
from qtdigits.core.reading import Reading
from qtdigits.core.wording import as_sentence
from qtdigits.ui.items.picture_model import PictureModel
from qtdigits.ui.workers.inference import InferenceThread
from qtdigits.ui.workers.picture_sources import from_file
from qtdigits.ui.workers.picture_thread import PictureThread, as_image
from qtdigits.ui.workers.shared_network import SharedNetwork

MOST_PICTURES: Final = 2000
"""So many can be open; more are for `qtdigits recognize`."""
_THUMBNAIL_PX: Final = 88
_LOADING: Final = "The network is still loading. The pictures are read as soon as it is there."


class PictureSession(QObject):
    """Owns the open pictures, the thread that reads them, and the changes that can be undone.

    Signals:
        added(int): pictures were opened; the number of the first one
        updated(OpenPicture, tuple[int, ...] | None): something is known of a picture that was
            not; which of its boxes are to be selected, None for those that are
        unpacked(int, QImage): the picture that was asked for by look_at
        told(str): a sentence for the person; '' takes back the last one
    """

    added = Signal(int)
    updated = Signal(object, object)
    unpacked = Signal(int, object)
    told = Signal(str)

    def __init__(self, inference: InferenceThread, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model = PictureModel(self)
        self.undo_stack = QUndoStack(self)
        self._thread = PictureThread(SharedNetwork(inference.call), self)
        self._sources: dict[int, Source] = {}
        self._numbers = count(1)
        self._keys = count(1)
        self._asked: set[int] = set()
        self._looked_at: int | None = None
        self._reading: int | None = None
        self._is_ready = False
        inference.loaded.connect(self._on_loaded)
        inference.status_changed.connect(self._on_status)

    def open_files(self, paths: Sequence[Path]) -> None:
        """Read pictures, and all those in folders."""
        self._thread.submit(
            lambda _: list(islice(pictures_in(paths), MOST_PICTURES + 1)),
            self._on_found,
            self._on_trouble,
            urgent=True,
        )

    def add(self, new: Sequence[tuple[str, str, Source]]) -> None:
        """Open pictures: what each is called, where it lies, and how it is unpacked."""
        pictures = []
        for name, place, source in new:
            number = next(self._numbers)
            self._sources[number] = source
            pictures.append(OpenPicture(number, name, place))
        if not pictures:
            return
        self.model.add(pictures)
        if not self._is_ready:
            self.told.emit(_LOADING)
        self.added.emit(pictures[0].id)
        self._read_next()

    def close(self, numbers: Sequence[int]) -> None:
        """Take pictures from the list; nothing happens to their files."""
        self.undo_stack.clear()
        for number in numbers:
            del self._sources[number]
            self._thread.submit(partial(_forget, number), _nobody, self._on_trouble, urgent=True)
        self.model.remove(numbers)

    def look_at(self, number: int | None) -> None:
        """This picture is looked at now: it is unpacked, and read before the others."""
        self._looked_at = number
        if number is not None:
            self._thread.submit(
                partial(_show, number, self._sources[number]),
                partial(self._on_unpacked, number),
                partial(self._on_not_unpacked, number),
                urgent=True,
            )

    def looked_at(self) -> OpenPicture | None:
        """What is known of the picture that is looked at."""
        return self.model.picture(self._looked_at) if self._looked_at is not None else None

    @Slot(str)
    def save_table(self, place: str) -> None:
        """Save the numbers of all pictures as a table."""
        work = partial(_save, Path(place), self.model.pictures())
        self._thread.submit(work, self.told.emit, self._on_trouble, urgent=True)

    def shutdown(self) -> None:
        """Let the thread end; what is being read is not waited for."""
        self._thread.shutdown()

    def _on_found(self, paths: list[Path]) -> None:
        left = max(0, MOST_PICTURES - self.model.rowCount())
        if not paths:
            self.told.emit("There are no pictures in that folder.")
        elif len(paths) > left:
            self.told.emit(
                f"{MOST_PICTURES:,} pictures can be open at a time, so not all were opened. "
                "In a terminal, 'qtdigits recognize' reads any number of them."
            )
        self.add([(shown(Path(path.name)), shown(path), from_file(path)) for path in paths[:left]])

    def _on_unpacked(self, number: int, images: tuple[QImage, QImage]) -> None:
        image, small = images
        self.model.set_thumbnail(number, small)
        if number == self._looked_at:
            self.unpacked.emit(number, image)

    def _on_not_unpacked(self, number: int, problem: str) -> None:
        picture = self.model.picture(number)
        if picture is not None and picture.state is PictureState.WAITING:
            self._fail(number, problem)

    def _on_trouble(self, problem: str) -> None:
        self.told.emit(as_sentence(problem))

    def _update(self, picture: OpenPicture, selected: Sequence[int] | None = None) -> None:
        self.model.update(picture)
        self.updated.emit(picture, selected)

    @Slot()
    def _on_loaded(self) -> None:
        """Read what waits; by another network than before, everything again."""
        for picture in self.model.pictures() if self._is_ready else ():
            if picture.state is not PictureState.READ:
                continue
            self._asked -= {box.key for box in picture.boxes}
            changed = self._is_changed(picture.id)
            state = PictureState.READ if changed else PictureState.WAITING
            self._update(replace(picture, answers={}, state=state))
        if not self._is_ready and self.model.rowCount():  # they have been told to wait for it
            self.told.emit("")
        self._is_ready = True
        for picture in self.model.pictures():
            self._read_boxes(picture)
        self._read_next()

    @Slot(object)
    def _on_status(self, status: NetworkStatus) -> None:
        if status.state is NetworkState.FAILED and not self._is_ready and self.model.rowCount():
            self.told.emit(status.details)

    def _read_next(self) -> None:
        """Read the picture that is looked at, or else the first that waits; one at a time."""
        if not self._is_ready or self._reading is not None:
            return
        waiting = [p for p in self.model.pictures() if p.state is PictureState.WAITING]
        if not waiting:
            return
        current = self.looked_at()
        chosen = current if current in waiting else waiting[0]
        if chosen is None:
            return
        self._reading = chosen.id
        self._update(replace(chosen, state=PictureState.READING))
        source = self._sources[chosen.id]
        self._thread.submit(
            partial(_read, chosen.id, source),
            partial(self._on_read, chosen.id),
            partial(self._on_refused, chosen.id),
        )

    def _on_read(self, number: int, answer: tuple[Reading, QImage]) -> None:
        reading, small = answer
        boxes = Boxes.of(reading, partial(next, self._keys))
        answers = {
            box.key: digit.prediction for box, digit in zip(boxes, reading.digits, strict=True)
        }
        self.model.set_thumbnail(number, small)
        picture = self.model.picture(number)
        if picture is not None:
            self._update(replace(picture, state=PictureState.READ, boxes=boxes, answers=answers))
        self._reading = None
        self._read_next()

    def _on_refused(self, number: int, problem: str) -> None:
        self._fail(number, problem)
        self._reading = None
        self._read_next()

    def _fail(self, number: int, problem: str) -> None:
        picture = self.model.picture(number)
        if picture is not None:
            self._update(replace(picture, state=PictureState.FAILED, problem=as_sentence(problem)))

    def _read_boxes(self, picture: OpenPicture) -> None:
        """Have the boxes read that nobody has read yet."""
        if not self._is_ready or picture.state is not PictureState.READ:
            return
        for box in picture.boxes:
            if box.key in picture.answers or box.key in self._asked:
                continue
            self._asked.add(box.key)
            source = self._sources[picture.id]
            self._thread.submit(
                partial(_read_box, picture.id, source, box.bounds),
                partial(self._on_box_read, picture.id, box.key),
                partial(self._on_box_refused, box.key),
                urgent=True,
            )

    def _on_box_read(self, number: int, key: int, answer: Prediction) -> None:
        self._asked.discard(key)
        picture = self.model.picture(number)
        if picture is not None:
            self._update(replace(picture, answers={**picture.answers, key: answer}))

    def _on_box_refused(self, key: int, problem: str) -> None:
        """The file is gone, for one; the next change asks for this box again."""
        self._asked.discard(key)
        self._on_trouble(problem)

    @Slot(object, int)
    def label(self, keys: Sequence[int], digit: int) -> None:
        """These boxes hold this digit."""
        picture = self.looked_at()
        if picture is not None:
            words = f"It is {digit}"
            self._change(picture, words, picture.boxes.labelled(keys, digit), keys)

    @Slot(object)
    def remove(self, keys: Sequence[int]) -> None:
        """These boxes hold no digit. The one after them is selected: it may not hold one either."""
        picture = self.looked_at()
        if picture is not None:
            all_keys = [box.key for box in picture.boxes]
            behind = [key for key in all_keys[all_keys.index(keys[-1]) :] if key not in keys]
            self._change(picture, "No digit", picture.boxes.without(keys), behind[:1])

    @Slot(object)
    def join(self, keys: Sequence[int]) -> None:
        """These boxes are one digit."""
        picture, new = self.looked_at(), next(self._keys)
        if picture is not None:
            self._change(picture, "Join", picture.boxes.joined(keys, new), [new])

    @Slot(int, object)
    def split(self, key: int, x: float | None) -> None:
        """A box is two digits, cut at this x, or where it has the least ink."""
        picture = self.looked_at()
        box = picture.boxes.find(key) if picture is not None else None
        if picture is None or box is None:
            return
        if x is not None:
            self._on_cut_found(picture.id, key, x)
            return
        source = self._sources[picture.id]
        self._thread.submit(
            partial(_cut_place, picture.id, source, box.bounds),
            partial(self._on_cut_found, picture.id, key),
            self._on_trouble,
            urgent=True,
        )

    def _on_cut_found(self, number: int, key: int, x: float) -> None:
        picture = self.model.picture(number)
        if picture is not None:
            new = (next(self._keys), next(self._keys))
            self._change(picture, "Split", picture.boxes.split(key, x, new), new)

    @Slot(object)
    def add_box(self, bounds: Bounds) -> None:
        """Here is a digit, too."""
        picture, new = self.looked_at(), next(self._keys)
        if picture is not None:
            self._change(picture, "Add box", picture.boxes.with_box(bounds, new), [new])

    @Slot(int, object)
    def move_box(self, key: int, bounds: Bounds) -> None:
        """The digit of this box lies here."""
        picture, new = self.looked_at(), next(self._keys)
        if picture is not None:
            self._change(picture, "Move box", picture.boxes.moved(key, bounds, new), [new])

    def _change(
        self, picture: OpenPicture, words: str, boxes: Boxes, selected: Sequence[int]
    ) -> None:
        if boxes != picture.boxes:
            self.undo_stack.push(_BoxStep(self, picture.id, words, picture.boxes, boxes, selected))

    def set_boxes(self, number: int, boxes: Boxes, selected: Sequence[int]) -> None:
        """The picture has these boxes now; those that are new are read."""
        picture = self.model.picture(number)
        if picture is None:
            return
        changed = replace(picture, boxes=boxes)
        self._update(changed, selected)
        self._read_boxes(changed)

    def _is_changed(self, number: int) -> bool:
        """Whether the person has changed boxes of a picture."""
        steps = (self.undo_stack.command(at) for at in range(self.undo_stack.index()))
        return any(isinstance(step, _BoxStep) and step.number == number for step in steps)


class _BoxStep(QUndoCommand):
    """A change of the boxes of one picture that can be taken back."""

    def __init__(
        self,
        session: PictureSession,
        number: int,
        words: str,
        before: Boxes,
        after: Boxes,
        selected: Sequence[int],
    ) -> None:
        super().__init__(words)
        self.number = number
        self._session = session
        self._before = before
        self._after = after
        self._selected = tuple(selected)

    def redo(self) -> None:
        self._session.set_boxes(self.number, self._after, self._selected)

    def undo(self) -> None:
        gone = {box.key for box in self._after}
        back = [box.key for box in self._before if box.key not in gone]
        self._session.set_boxes(self.number, self._before, back or self._selected)


def _read(number: int, source: Source, reader: PictureReader) -> tuple[Reading, QImage]:
    reading = reader.read(number, source)
    return reading, as_image(thumbnail(reader.picture(number, source), _THUMBNAIL_PX))


def _show(number: int, source: Source, reader: PictureReader) -> tuple[QImage, QImage]:
    picture = reader.picture(number, source)
    return as_image(picture.colours), as_image(thumbnail(picture, _THUMBNAIL_PX))


def _read_box(number: int, source: Source, bounds: Bounds, reader: PictureReader) -> Prediction:
    return reader.read_box(number, source, bounds)


def _cut_place(number: int, source: Source, bounds: Bounds, reader: PictureReader) -> float:
    return reader.cut_place(number, source, bounds)


def _forget(number: int, reader: PictureReader) -> None:
    reader.forget(number)


def _save(place: Path, pictures: Sequence[OpenPicture], _reader: PictureReader) -> str:
    try:
        replace_file(place, table(pictures))
    except OSError as error:
        raise ValueError(
            f"{shown(place)} cannot be written ({error.strerror or error}); choose another place"
        ) from None
    return f"{shown(Path(place.name))} is saved."


def _nobody(_: object) -> None:
    """Nobody waits for this."""
