"""Joins the window of pictures with the session that reads them: files, clipboard, drops."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from qtdigits.core.picture_finding import SUFFIXES
from qtdigits.core.picture_sheet import OpenPicture, texts
from qtdigits.picture_session import PictureSession
from qtdigits.ui.dialogs.picture_dialog import PictureDialog
from qtdigits.ui.dialogs.picture_offer import Offer, is_welcome, offer_of
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.views.picture.drop_target import DropTarget
from qtdigits.ui.workers.picture_sources import from_bytes, from_image


class PictureDesk(QObject):
    """Takes pictures in and gives numbers out; owns the window of pictures once it was opened."""

    def __init__(
        self,
        window: MainWindow,
        session: PictureSession,
        themes: ThemeKeeper,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._session = session
        self._themes = themes
        self._pasted = count(1)
        self._dialog: PictureDialog | None = None
        window.action("Open").triggered.connect(self._ask_for_files)
        window.action("Paste").triggered.connect(self._paste)
        window.action("Pictures").triggered.connect(self.show)
        DropTarget(window, is_welcome, themes).dropped.connect(self._on_dropped)
        session.added.connect(self._on_added)
        session.updated.connect(self._on_updated)
        session.unpacked.connect(self._on_unpacked)
        session.told.connect(self._tell)

    @Slot()
    def show(self) -> None:
        """Show the window of pictures, or bring it to the front."""
        dialog = self._made_dialog()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    @Slot(object)
    def open_files(self, paths: Sequence[Path]) -> None:
        """Read pictures, and all those in folders."""
        if paths:
            self.show()
            self._session.open_files(paths)

    def _made_dialog(self) -> PictureDialog:
        if self._dialog is None:
            session = self._session
            dialog = PictureDialog(
                *(session.model, session.changes.undo_stack, self._themes, self._window)
            )
            dialog.open_requested.connect(self._ask_for_files)
            dialog.paste_requested.connect(self._paste)
            dialog.close_requested.connect(session.close)
            dialog.picture_chosen.connect(self._on_picture_chosen)
            dialog.copy_requested.connect(self._copy)
            dialog.table_requested.connect(self._ask_for_table)
            view, changes = dialog.view, session.changes
            view.label_requested.connect(changes.label)
            view.remove_requested.connect(changes.remove)
            view.join_requested.connect(changes.join)
            view.split_requested.connect(changes.split)
            view.box_drawn.connect(changes.add_box)
            view.box_moved.connect(changes.move_box)
            DropTarget(dialog, is_welcome, self._themes).dropped.connect(self._on_dropped)
            self._dialog = dialog
        return self._dialog

    @Slot()
    def _ask_for_files(self) -> None:
        dialog = QFileDialog(self._front(), "Open pictures")
        dialog.setObjectName("openPicturesDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        dialog.setNameFilter(f"Pictures ({endings});;All files (*)")
        dialog.filesSelected.connect(self._on_files_chosen)
        dialog.open()

    @Slot(object)
    def _on_files_chosen(self, names: Sequence[str]) -> None:
        self.open_files([Path(name) for name in names])

    @Slot()
    def _paste(self) -> None:
        self._take(offer_of(QGuiApplication.clipboard().mimeData()))

    @Slot(object)
    def _on_dropped(self, mime: QMimeData) -> None:
        self._take(offer_of(mime))

    def _take(self, offer: Offer) -> None:
        if offer.refusal:
            self._tell(offer.refusal)
        elif offer.paths:
            self.open_files(offer.paths)
        else:
            image = offer.image
            source = from_image(image) if image is not None else from_bytes(offer.content)
            self.show()
            self._session.add([(f"Pasted picture {next(self._pasted)}", "", source)])

    @Slot(int)
    def _on_added(self, number: int) -> None:
        self._made_dialog().list.make_current(number)

    @Slot(object)
    def _on_picture_chosen(self, number: int | None) -> None:
        self._session.look_at(number)
        dialog = self._made_dialog()
        dialog.show_image(QImage())
        dialog.show_picture(self._session.looked_at())

    @Slot(object, object)
    def _on_updated(self, picture: OpenPicture, selected: Sequence[int] | None) -> None:
        """Show it where it is looked at; a change of another picture's boxes brings that one."""
        dialog = self._dialog
        if dialog is None:
            return
        current = dialog.list.current()
        if current is not None and current.id != picture.id and selected is not None:
            dialog.list.make_current(picture.id)
            current = dialog.list.current()
        if current is not None and current.id == picture.id:
            dialog.show_picture(picture, selected)

    @Slot(int, object)
    def _on_unpacked(self, _number: int, image: QImage) -> None:
        if self._dialog is not None:
            self._dialog.show_image(image)
            self._dialog.show_picture(self._session.looked_at())

    @Slot(object)
    def _copy(self, numbers: Sequence[int]) -> None:
        pictures = [p for p in self._session.model.pictures() if p.id in set(numbers) and p.text]
        if not pictures:
            self._tell("There are no numbers to copy.")
            return
        QGuiApplication.clipboard().setText(texts(pictures))
        what = pictures[0].words if len(pictures) == 1 else f"{len(pictures):,} pictures"
        self._tell(f"Copied: {what}" if len(pictures) == 1 else f"Copied the numbers of {what}.")

    @Slot()
    def _ask_for_table(self) -> None:
        dialog = QFileDialog(self._front(), "Save table")
        dialog.setObjectName("saveTableDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("Tables (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("numbers.csv")
        dialog.fileSelected.connect(self._session.save_table)
        dialog.open()

    def _front(self) -> QWidget:
        """The window that a question belongs to."""
        dialog = self._dialog
        return dialog if dialog is not None and dialog.isVisible() else self._window

    @Slot(str)
    def _tell(self, words: str) -> None:
        """Say something where the person is looking."""
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.tell(words)
        else:
            self._window.tell(words)
