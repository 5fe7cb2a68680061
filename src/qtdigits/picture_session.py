"""Follows the open pictures: what waits is read, and so is what a person changes.

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
from PySide6.QtGui import QImage

from qtdigits.core.data_files.regular import shown
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.picture_boxes import Box, Boxes
from qtdigits.core.picture_finding import pictures_in
from qtdigits.core.picture_reader import Source
from qtdigits.core.picture_sheet import OpenPicture, PictureState
from qtdigits.core.prediction import Prediction
from qtdigits.core.reading import Reading
from qtdigits.core.wording import as_sentence
from qtdigits.picture_changes import PictureChanges
from qtdigits.ui.items.picture_model import PictureModel
from qtdigits.ui.workers import picture_jobs
from qtdigits.ui.workers.inference import InferenceThread
from qtdigits.ui.workers.picture_sources import from_file
from qtdigits.ui.workers.picture_thread import PictureThread
from qtdigits.ui.workers.shared_network import SharedNetwork

MOST_PICTURES: Final = 2000
"""So many can be open; more are for `qtdigits recognize`."""
_LOADING: Final = "The network is still loading. The pictures are read as soon as it is there."


class PictureSession(QObject):
    """Owns the open pictures, the thread that reads them, and what is changed on them.

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
        self._keys = count(1)
        self.changes = PictureChanges(self.model, partial(next, self._keys), self)
        self._thread = PictureThread(SharedNetwork(inference.call), self)
        self._sources: dict[int, Source] = {}
        self._numbers = count(1)
        self._asked: set[int] = set()
        self._reading: int | None = None
        self._is_ready = False
        self.changes.changed.connect(self._on_changed)
        self.changes.cut_wanted.connect(self._on_cut_wanted)
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
        self.changes.undo_stack.clear()
        for number in numbers:
            del self._sources[number]
            self._thread.submit(
                partial(picture_jobs.forget, number), _nobody, self._on_trouble, urgent=True
            )
        self.model.remove(numbers)

    def look_at(self, number: int | None) -> None:
        """This picture is looked at now: it is unpacked, and read before the others."""
        self.changes.look_at(number)
        if number is not None:
            self._thread.submit(
                partial(picture_jobs.unpack, number, self._sources[number]),
                partial(self._on_unpacked, number),
                partial(self._on_not_unpacked, number),
                urgent=True,
            )

    def looked_at(self) -> OpenPicture | None:
        """What is known of the picture that is looked at."""
        return self.changes.looked_at()

    @Slot(str)
    def save_table(self, place: str) -> None:
        """Save the numbers of all pictures as a table."""
        work = partial(picture_jobs.save_table, Path(place), self.model.pictures())
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
        looked_at = self.looked_at()
        if looked_at is not None and looked_at.id == number:
            if looked_at.problem:
                self._update(replace(looked_at, problem=""))
            self.unpacked.emit(number, image)

    def _on_not_unpacked(self, number: int, problem: str) -> None:
        picture = self.model.picture(number)
        if picture is not None and picture.state is PictureState.WAITING:
            self._fail(number, problem)
        elif picture is not None:  # its numbers are known, but its file is gone
            self._update(replace(picture, problem=as_sentence(problem)))

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
            changed = self.changes.has_changed(picture.id)
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
            partial(picture_jobs.read, chosen.id, source),
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
                partial(picture_jobs.read_box, picture.id, source, box.bounds),
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

    @Slot(int, object)
    def _on_cut_wanted(self, number: int, box: Box) -> None:
        picture = self.model.picture(number)
        if picture is not None:
            self._thread.submit(
                partial(picture_jobs.cut_place, number, self._sources[number], box.bounds),
                partial(self._on_cut_found, number, box.key, picture.boxes),
                self._on_trouble,
                urgent=True,
            )

    def _on_cut_found(self, number: int, key: int, boxes: Boxes, x: float) -> None:
        """Cut there, unless the person has gone on: a late cut would come between."""
        picture = self.model.picture(number)
        if picture is not None and picture.boxes is boxes:
            self.changes.cut(number, key, x)

    @Slot(int, object, object)
    def _on_changed(self, number: int, boxes: Boxes, selected: Sequence[int]) -> None:
        """The picture has these boxes now; those that are new are read."""
        picture = self.model.picture(number)
        if picture is None:
            return
        changed = replace(picture, boxes=boxes)
        self._update(changed, selected)
        self._read_boxes(changed)


def _nobody(_: object) -> None:
    """Nobody waits for this."""
