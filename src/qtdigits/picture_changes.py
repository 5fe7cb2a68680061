"""What a person changes on the boxes of pictures, each change a step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from qtdigits.core.ink import Bounds
from qtdigits.core.picture_boxes import Boxes
from qtdigits.core.picture_sheet import OpenPicture
from qtdigits.ui.items.picture_model import PictureModel


class PictureChanges(QObject):
    """Owns the undo stack of all pictures; changes those boxes that are looked at.

    Signals:
        changed(int, Boxes, tuple[int, ...]): this picture has these boxes now, and of them these
            are to be selected
        cut_wanted(int, Box): it is to be found out where this box of a picture is best cut
    """

    changed = Signal(int, object, object)
    cut_wanted = Signal(int, object)

    def __init__(
        self, model: PictureModel, new_key: Callable[[], int], parent: QObject | None = None
    ) -> None:
        """new_key: gives a box that is new a number of its own."""
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._model = model
        self._new_key = new_key
        self._number: int | None = None

    def look_at(self, number: int | None) -> None:
        """This picture is the one whose boxes are changed from now on."""
        self._number = number

    def looked_at(self) -> OpenPicture | None:
        """What is known of the picture that is looked at."""
        return self._model.picture(self._number) if self._number is not None else None

    def has_changed(self, number: int) -> bool:
        """Whether the person has changed boxes of a picture."""
        steps = (self.undo_stack.command(at) for at in range(self.undo_stack.index()))
        return any(isinstance(step, _BoxStep) and step.number == number for step in steps)

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
        picture, new = self.looked_at(), self._new_key()
        if picture is not None:
            self._change(picture, "Join", picture.boxes.joined(keys, new), [new])

    @Slot(int, object)
    def split(self, key: int, x: float | None) -> None:
        """A box is two digits, cut at this x, or where it has the least ink."""
        picture = self.looked_at()
        box = picture.boxes.find(key) if picture is not None else None
        if picture is None or box is None:
            return
        if x is None:
            self.cut_wanted.emit(picture.id, box)
        else:
            self.cut(picture.id, key, x)

    def cut(self, number: int, key: int, x: float) -> None:
        """A box of any picture is two digits, cut at this x."""
        picture = self._model.picture(number)
        if picture is not None:
            new = (self._new_key(), self._new_key())
            self._change(picture, "Split", picture.boxes.split(key, x, new), new)

    @Slot(object)
    def add_box(self, bounds: Bounds) -> None:
        """Here is a digit, too."""
        picture, new = self.looked_at(), self._new_key()
        if picture is not None:
            self._change(picture, "Add box", picture.boxes.with_box(bounds, new), [new])

    @Slot(int, object)
    def move_box(self, key: int, bounds: Bounds) -> None:
        """The digit of this box lies here."""
        picture, new = self.looked_at(), self._new_key()
        if picture is not None:
            self._change(picture, "Move box", picture.boxes.moved(key, bounds, new), [new])

    def _change(
        self, picture: OpenPicture, words: str, boxes: Boxes, selected: Sequence[int]
    ) -> None:
        if boxes != picture.boxes:
            self.undo_stack.push(_BoxStep(self, picture.id, words, picture.boxes, boxes, selected))


class _BoxStep(QUndoCommand):
    """A change of the boxes of one picture that can be taken back."""

    def __init__(
        self,
        changes: PictureChanges,
        number: int,
        words: str,
        before: Boxes,
        after: Boxes,
        selected: Sequence[int],
    ) -> None:
        super().__init__(words)
        self.number = number
        self._changes = changes
        self._before = before
        self._after = after
        self._selected = tuple(selected)

    def redo(self) -> None:
        self._changes.changed.emit(self.number, self._after, self._selected)

    def undo(self) -> None:
        gone = {box.key for box in self._after}
        back = [box.key for box in self._before if box.key not in gone]
        self._changes.changed.emit(self.number, self._before, tuple(back) or self._selected)
