"""Pictures from the menu, the clipboard and drops to numbers and tables, with a fake network."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QUndoStack,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qtdigits import picture_session
from qtdigits.core.model_card import ModelCard
from qtdigits.core.picture_boxes import Box
from qtdigits.core.picture_sheet import OpenPicture, PictureState
from qtdigits.core.prediction import Prediction
from qtdigits.core.verdict import interpret
from qtdigits.picture_desk import PictureDesk
from qtdigits.picture_session import PictureSession
from qtdigits.ui.canvas.number_canvas import NumberCanvas
from qtdigits.ui.dialogs.picture_dialog import PictureDialog
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.items.probability_model import ProbabilityModel
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.inference import InferenceThread

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
WAIT_MS = 20_000
MODEL = Path("fake.keras")
Part = TypeVar("Part", bound=QWidget)


class Network:
    """Says 1 of what is slender and 0 of all else, when its gate is open."""

    def __init__(self) -> None:
        self.card = ModelCard("fake", "small", 1, "", "")
        self.gate = threading.Event()
        self.gate.set()

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        assert self.gate.wait(WAIT_MS / 1000)
        result = np.full((len(images), 10), -20, np.float32)
        for row, image in zip(result, images, strict=True):
            row[1 if np.ptp(np.flatnonzero(image.max(axis=0) > 0.3)) < 8 else 0] = 20
        return result

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        return interpret(self.logits(images), self.card)


class Desk:
    """A window with its picture desk, and what a person does with them."""

    def __init__(self, qtbot: QtBot, application: QApplication, settings: SettingsStore) -> None:
        self.qtbot = qtbot
        undo_stack, themes = QUndoStack(), ThemeKeeper(application, settings)
        self.window = MainWindow(
            *(NumberCanvas(undo_stack), undo_stack, ProbabilityModel(), HistoryModel()),
            *(settings, themes),
        )
        for owned in (undo_stack, themes):
            owned.setParent(self.window)
        self.network = Network()
        self.inference = InferenceThread(lambda _: self.network, self.window)
        self.session = PictureSession(self.inference, self.window)
        self.desk = PictureDesk(self.window, self.session, themes, self.window)
        qtbot.addWidget(self.window)
        self.window.show()

    def load(self) -> None:
        self.inference.load(MODEL)

    def open(self, *paths: Path) -> None:
        before = self.session.model.rowCount()
        self.desk.open_files(paths)
        self.qtbot.waitUntil(lambda: self.session.model.rowCount() > before, timeout=WAIT_MS)

    def wait_read(self) -> None:
        done = (PictureState.READ, PictureState.FAILED)
        self.qtbot.waitUntil(
            lambda: (
                all(p.state in done for p in self.pictures())
                and all(box.key in p.answers for p in self.pictures() for box in p.boxes)
                and self._is_shown()
            ),
            timeout=WAIT_MS,
        )

    def _is_shown(self) -> bool:
        current = self.session.looked_at()
        return (
            current is None
            or current.state is PictureState.FAILED
            or not self.dialog().view.page.isEmpty()
        )

    def pictures(self) -> list[OpenPicture]:
        return list(self.session.model.pictures())

    def boxes(self) -> list[Box]:
        current = self.session.looked_at()
        assert current is not None
        return list(current.boxes)

    def dialog(self) -> PictureDialog:
        (dialog,) = self.window.findChildren(PictureDialog)
        return dialog

    def text(self) -> str:
        return self._part(QPlainTextEdit, "pictureText").toPlainText()

    def note(self) -> str:
        return self._part(QLabel, "pictureNote").text()

    def state(self) -> str:
        return self._part(QLabel, "pictureState").text()

    def press(self, button: str) -> None:
        self._part(QPushButton, button).click()

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.dialog().view, key)

    def _part(self, kind: type[Part], name: str) -> Part:
        (part,) = self.window.findChildren(kind, name)
        return part


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    settings = SettingsStore(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    desk = Desk(qtbot, qapp, settings)
    settings.setParent(desk.window)
    yield desk
    desk.network.gate.set()
    desk.session.shutdown()
    desk.inference.shutdown()
    QGuiApplication.clipboard().clear()
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """A desk whose network is loaded."""
    desk.load()
    return desk


def drawn(*lines: str) -> Image.Image:
    """Black zeros and ones on white paper, a line below the other."""
    picture = np.full((40 + 110 * len(lines), 400), 245, np.uint8)
    for row, line in enumerate(lines):
        left, top = 40, 40 + 110 * row
        for sign in line:
            if sign == "0":
                picture[top : top + 60, left : left + 40] = 20
                picture[top + 7 : top + 53, left + 7 : left + 33] = 245
            else:
                picture[top : top + 60, left : left + 7] = 20
            left += 55 if sign == "0" else 25
    return Image.fromarray(picture)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.png"
    drawn("010", "11").save(path)
    return path


def test_picture_is_read_and_shown_with_its_boxes(ready: Desk, page: Path) -> None:
    ready.open(page)
    ready.wait_read()
    assert ready.text() == "010\n11"
    assert len(ready.boxes()) == 5
    assert ready.dialog().isVisible()


def test_pictures_wait_for_the_network_and_are_seen_meanwhile(
    desk: Desk, page: Path, qtbot: QtBot
) -> None:
    desk.open(page)
    qtbot.waitUntil(lambda: not desk.dialog().view.page.isEmpty(), timeout=WAIT_MS)
    assert desk.pictures()[0].words == "Waiting…"
    assert "still loading" in desk.note()
    desk.load()
    desk.wait_read()
    assert desk.text() == "010\n11"
    assert desk.note() == ""


def test_several_pictures_are_read_one_after_another(
    ready: Desk, page: Path, tmp_path: Path
) -> None:
    drawn("0").save(tmp_path / "zero.jpg")
    Image.new("L", (300, 200), 240).save(tmp_path / "blank.png")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n no")
    names = ("page.png", "zero.jpg", "blank.png", "broken.png", "missing.png")
    ready.open(*(tmp_path / name for name in names))
    ready.wait_read()
    assert [picture.words for picture in ready.pictures()] == [
        *("010 · 11", "0", "No digits found", "Cannot be read", "Cannot be read")
    ]
    assert "missing.png does not exist" in ready.pictures()[-1].problem


def test_picture_that_cannot_be_read_is_explained_in_its_place(ready: Desk, tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n no")
    ready.open(tmp_path / "broken.png")
    ready.wait_read()
    assert "broken.png is not a picture that can be read" in ready.state()


def test_strokes_are_sent_where_they_belong(ready: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"strokes": [[[0, 0], [1, 1]]]}\n')
    ready.open(tmp_path / "a.jsonl")
    ready.wait_read()
    assert "File > Import Drawings" in ready.pictures()[0].problem


def test_picture_that_is_looked_at_is_read_first(
    desk: Desk, page: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    for number in range(5):
        drawn("1").save(tmp_path / f"{number}.png")
    desk.open(page, *(tmp_path / f"{number}.png" for number in range(5)))
    last = desk.pictures()[-1].id
    desk.dialog().list.make_current(last)
    desk.network.gate.clear()
    desk.load()
    qtbot.waitUntil(
        lambda: any(p.state is PictureState.READING for p in desk.pictures()), timeout=WAIT_MS
    )
    assert [p.id for p in desk.pictures() if p.state is PictureState.READING] == [last]


def test_digit_key_corrects_the_answer_and_undo_takes_it_back(ready: Desk, page: Path) -> None:
    ready.open(page)
    ready.wait_read()
    ready.dialog().view.select([ready.boxes()[1].key])
    ready.key(Qt.Key.Key_7)
    assert ready.text() == "070\n11"
    assert ready.pictures()[0].words == "070 · 11"
    ready.press("pictureUndoButton")
    assert ready.text() == "010\n11"


def test_box_without_a_digit_goes_and_the_next_one_is_selected(ready: Desk, page: Path) -> None:
    ready.open(page)
    ready.wait_read()
    first, second = ready.boxes()[:2]
    ready.dialog().view.select([first.key])
    ready.key(Qt.Key.Key_Delete)
    assert ready.text() == "10\n11"
    assert ready.dialog().view.selected() == (second.key,)


def test_joined_boxes_are_read_as_one_digit(ready: Desk, page: Path) -> None:
    ready.open(page)
    ready.wait_read()
    ready.dialog().view.select([box.key for box in ready.boxes()[-2:]])
    ready.key(Qt.Key.Key_J)
    ready.wait_read()
    assert ready.text() == "010\n0"


def test_split_box_is_read_as_two(ready: Desk, page: Path, qtbot: QtBot) -> None:
    ready.open(page)
    ready.wait_read()
    ready.dialog().view.select([ready.boxes()[0].key])
    ready.key(Qt.Key.Key_S)
    qtbot.waitUntil(lambda: len(ready.boxes()) == 6, timeout=WAIT_MS)
    ready.wait_read()
    assert len(ready.text().splitlines()[0]) == 4


def test_cut_that_is_found_late_does_not_come_between(
    ready: Desk, page: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready.open(page)
    ready.wait_read()
    gate = threading.Event()
    monkeypatch.setattr(
        "qtdigits.ui.workers.picture_jobs.cut_place",
        lambda *_: gate.wait(WAIT_MS / 1000) and 50.0,
    )
    ready.dialog().view.select([ready.boxes()[0].key])
    ready.key(Qt.Key.Key_S)
    ready.key(Qt.Key.Key_7)
    ready.key(Qt.Key.Key_8)
    QTest.keyClick(ready.dialog(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    gate.set()
    done: list[object] = []
    ready.session._thread.submit(lambda _: None, done.append, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=WAIT_MS)
    assert ready.text() == "710\n11"


def test_new_box_is_read(ready: Desk, page: Path) -> None:
    ready.open(page)
    ready.wait_read()
    removed = ready.boxes()[2]
    ready.dialog().view.select([removed.key])
    ready.key(Qt.Key.Key_Delete)
    assert ready.text() == "01\n11"
    ready.dialog().view.box_drawn.emit(removed.bounds)
    ready.wait_read()
    assert ready.text() == "010\n11"


def test_corrections_stay_while_other_pictures_are_looked_at(
    ready: Desk, page: Path, tmp_path: Path
) -> None:
    drawn("0").save(tmp_path / "zero.png")
    ready.open(page, tmp_path / "zero.png")
    ready.wait_read()
    ready.dialog().view.select([ready.boxes()[0].key])
    ready.key(Qt.Key.Key_9)
    ready.dialog().list.step(1)
    ready.dialog().close()
    ready.desk.show()
    ready.dialog().list.step(-1)
    assert ready.text() == "910\n11"


def test_undo_brings_the_picture_that_it_changes(ready: Desk, page: Path, tmp_path: Path) -> None:
    drawn("0").save(tmp_path / "zero.png")
    ready.open(page, tmp_path / "zero.png")
    ready.wait_read()
    ready.dialog().view.select([ready.boxes()[0].key])
    ready.key(Qt.Key.Key_9)
    ready.dialog().list.step(1)
    assert ready.text() == "0"
    ready.press("pictureUndoButton")
    assert ready.text() == "010\n11"


def test_another_network_reads_again_and_keeps_what_was_said(
    ready: Desk, page: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    drawn("0").save(tmp_path / "zero.png")
    ready.open(page, tmp_path / "zero.png")
    ready.wait_read()
    ready.dialog().view.select([ready.boxes()[0].key])
    ready.key(Qt.Key.Key_9)
    keys = [box.key for box in ready.boxes()]
    ready.network = Network()
    with qtbot.waitSignal(ready.inference.loaded, timeout=WAIT_MS):
        ready.load()
    ready.wait_read()
    assert [box.key for box in ready.boxes()] == keys
    assert [picture.text for picture in ready.pictures()] == ["910\n11", "0"]


def test_numbers_are_copied_as_text(ready: Desk, page: Path, tmp_path: Path) -> None:
    drawn("0").save(tmp_path / "zero.png")
    ready.open(page, tmp_path / "zero.png")
    ready.wait_read()
    ready.press("pictureCopyButton")
    assert QGuiApplication.clipboard().text() == "010\n11"
    ready.press("pictureCopyAllButton")
    assert QGuiApplication.clipboard().text() == "010\n11\n0"
    assert ready.note() == "Copied the numbers of 2 pictures."


def test_table_is_saved(ready: Desk, page: Path, tmp_path: Path, qtbot: QtBot) -> None:
    ready.open(page)
    ready.wait_read()
    ready.session.save_table(str(tmp_path / "numbers.csv"))
    qtbot.waitUntil(lambda: ready.note() == "numbers.csv is saved.", timeout=WAIT_MS)
    with (tmp_path / "numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[1:3] for row in rows] == [["line", "numbers"], ["1", "010"], ["2", "11"]]


def test_table_that_cannot_be_written_is_told(ready: Desk, page: Path, qtbot: QtBot) -> None:
    ready.open(page)
    ready.wait_read()
    ready.session.save_table(str(page / "numbers.csv"))
    qtbot.waitUntil(lambda: "cannot be written" in ready.note(), timeout=WAIT_MS)


def test_closed_pictures_leave_the_list_and_their_files_stay(
    ready: Desk, page: Path, tmp_path: Path
) -> None:
    drawn("0").save(tmp_path / "zero.png")
    ready.open(page, tmp_path / "zero.png")
    ready.wait_read()
    QTest.keyClick(ready.dialog().list, Qt.Key.Key_Delete)
    assert [picture.name for picture in ready.pictures()] == ["zero.png"]
    assert page.exists()
    ready.wait_read()
    assert ready.text() == "0"
    QTest.keyClick(ready.dialog().list, Qt.Key.Key_Delete)
    assert ready.pictures() == []
    assert "paste one, or drop them here" in ready.state()


def test_menu_of_the_list_closes_what_is_selected(ready: Desk, page: Path) -> None:
    ready.open(page)
    ready.wait_read()
    menu = ready.dialog().list.make_menu()
    (close,) = menu.actions()
    assert close.text().startswith("&Close Picture")
    close.trigger()
    assert ready.pictures() == []


def test_file_that_is_gone_is_told_when_a_box_is_to_be_read(
    ready: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = [tmp_path / f"{number}.png" for number in range(6)]
    for path in paths:
        drawn("010").save(path)
    ready.open(*paths)
    ready.wait_read()
    # The other ones have taken its place in memory.
    paths[0].unlink()
    ready.session.changes.add_box(ready.boxes()[0].bounds)
    qtbot.waitUntil(lambda: "0.png does not exist" in ready.note(), timeout=WAIT_MS)
    assert ready.text() == "010"


def test_picture_whose_file_is_gone_is_told_in_its_place_and_keeps_its_numbers(
    ready: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = [tmp_path / f"{number}.png" for number in range(6)]
    for path in paths:
        drawn("010").save(path)
    ready.open(*paths)
    ready.wait_read()
    ready.dialog().list.make_current(ready.pictures()[5].id)
    ready.wait_read()
    paths[0].unlink()
    ready.dialog().list.make_current(ready.pictures()[0].id)
    qtbot.waitUntil(lambda: "0.png does not exist" in ready.state(), timeout=WAIT_MS)
    assert ready.text() == "010"
    drawn("010").save(paths[0])
    ready.dialog().list.make_current(ready.pictures()[1].id)
    ready.dialog().list.make_current(ready.pictures()[0].id)
    ready.wait_read()
    assert ready.pictures()[0].problem == ""


def test_marked_part_of_the_numbers_is_what_is_copied(ready: Desk, page: Path) -> None:
    ready.open(page)
    ready.wait_read()
    text = ready._part(QPlainTextEdit, "pictureText")
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    ready.press("pictureCopyButton")
    assert QGuiApplication.clipboard().text() == "0"
    assert ready.note() == "Copied: 0"
    # While keys go to the list, they mean what is selected there.
    ready.dialog().list.setFocus()
    QTest.keyClick(ready.dialog(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "010\n11"


def test_picture_that_comes_at_once_is_announced_by_no_words(ready: Desk, page: Path) -> None:
    ready.open(page)
    ready.wait_read()
    ready.dialog().show_image(QImage())
    assert ready.state() == ""
    ready.qtbot.waitUntil(lambda: ready.state() == "Opening…", timeout=WAIT_MS)


def test_file_dialog_opens_several(ready: Desk, page: Path) -> None:
    ready.window.action("Open").trigger()
    (dialog,) = ready.window.findChildren(QFileDialog, "openPicturesDialog")
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(page)])
    dialog.close()
    ready.qtbot.waitUntil(lambda: len(ready.pictures()) == 1, timeout=WAIT_MS)
    ready.wait_read()
    assert ready.text() == "010\n11"


def clipboard(mime: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(mime)


def as_qimage(picture: Image.Image) -> QImage:
    colours = picture.convert("RGBA")
    image = QImage(
        colours.tobytes(), *colours.size, 4 * colours.width, QImage.Format.Format_RGBA8888
    )
    return image.copy()


def png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes; Qt says text
    return bytes(buffer.data().data())


@pytest.mark.parametrize("kind", ["image", "bytes", "link"])
def test_picture_on_the_clipboard_is_read(kind: str, ready: Desk, page: Path) -> None:
    mime, image = QMimeData(), as_qimage(drawn("010"))
    if kind == "image":
        mime.setImageData(image)
    elif kind == "bytes":
        mime.setData("image/png", png(image))
    else:
        drawn("010").save(page)
        mime.setUrls([QUrl.fromLocalFile(str(page))])
    clipboard(mime)
    ready.window.action("Paste").trigger()
    ready.qtbot.waitUntil(lambda: len(ready.pictures()) == 1, timeout=WAIT_MS)
    ready.wait_read()
    assert ready.text() == "010"


def nothing() -> QMimeData:
    return QMimeData()


def text() -> QMimeData:
    mime = QMimeData()
    mime.setText("2026")
    return mime


def web_link() -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl("http://example.org/a.png")])
    return mime


def vanished_image() -> QMimeData:
    mime = QMimeData()
    mime.setImageData(QImage())
    return mime


def vanished_bytes() -> QMimeData:
    mime = QMimeData()
    mime.setData("image/png", b"")
    return mime


@pytest.mark.parametrize(
    ("mime", "words"),
    [
        (nothing, "no picture"),
        (text, "text, not a picture"),
        (web_link, "on this computer"),
        (vanished_image, "gone"),
        (vanished_bytes, "gone"),
    ],
)
def test_clipboard_without_a_picture_gets_one_sentence(
    mime: Callable[[], QMimeData],
    words: str,
    ready: Desk,
) -> None:
    clipboard(mime())
    ready.window.action("Paste").trigger()
    assert words in ready.window.notice.text()
    assert ready.pictures() == []
    assert not ready.window.findChildren(PictureDialog)


def test_huge_picture_on_the_clipboard_is_refused_by_its_size(ready: Desk) -> None:
    image = QImage(20_000, 10_000, QImage.Format.Format_Mono)
    image.fill(0)
    mime = QMimeData()
    mime.setImageData(image)
    clipboard(mime)
    ready.window.action("Paste").trigger()
    ready.wait_read()
    assert "20,000 × 10,000 pixels" in ready.state()


def drag_over(window: QWidget, mime: QMimeData) -> bool:
    """Whether the pointer says that it may be dropped."""
    event = QDragEnterEvent(
        *(QPoint(50, 50), Qt.DropAction.CopyAction, mime),
        *(Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier),
    )
    event.ignore()
    QApplication.sendEvent(window, event)
    return event.isAccepted()


def drop(window: QWidget, mime: QMimeData) -> None:
    event = QDropEvent(
        *(QPoint(50, 50).toPointF(), Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, mime),
        *(Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier),
    )
    QApplication.sendEvent(window, event)
    assert event.dropAction() == Qt.DropAction.CopyAction


@pytest.mark.parametrize("mime", [nothing, text, web_link])
def test_drop_of_what_is_no_picture_is_refused_by_the_pointer(
    mime: Callable[[], QMimeData],
    ready: Desk,
) -> None:
    assert not drag_over(ready.window, mime())


def test_hint_lies_over_the_window_while_a_picture_is_held_there(ready: Desk, page: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(page))])
    (hint,) = ready.window.findChildren(QWidget, "dropHint")
    assert drag_over(ready.window, mime)
    assert hint.isVisible()
    assert hint.size() == ready.window.size()
    drop(ready.window, mime)
    assert not hint.isVisible()
    ready.qtbot.waitUntil(lambda: len(ready.pictures()) == 1, timeout=WAIT_MS)


def test_five_hundred_files_and_a_folder_become_a_batch(
    desk: Desk, page: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.png").write_bytes(page.read_bytes())
    (folder / "notes.txt").write_text("no picture")
    mime = QMimeData()
    links = [QUrl.fromLocalFile(str(page))] * 500 + [QUrl.fromLocalFile(str(folder))]
    mime.setUrls([*links, QUrl("http://example.org/a.png")])
    assert drag_over(desk.window, mime)
    drop(desk.window, mime)
    desk.qtbot.waitUntil(lambda: len(desk.pictures()) == 520, timeout=WAIT_MS)


def test_folder_without_pictures_is_told(ready: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "empty").mkdir()
    ready.desk.open_files([tmp_path / "empty"])
    qtbot.waitUntil(lambda: "no pictures" in ready.note(), timeout=WAIT_MS)


def test_more_pictures_than_can_be_open_are_left_out(
    desk: Desk, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_session, "MOST_PICTURES", 3)
    desk.open(*[page] * 5)
    assert len(desk.pictures()) == 3


def test_main_window_stays_usable_while_pictures_are_read(ready: Desk, page: Path) -> None:
    ready.open(page)
    assert not ready.dialog().isModal()
    assert ready.window.isEnabled()
    ready.wait_read()


def test_colours_of_a_pasted_picture_are_shown(ready: Desk) -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 30, 40))
    mime = QMimeData()
    mime.setImageData(image)
    clipboard(mime)
    ready.window.action("Paste").trigger()
    ready.qtbot.waitUntil(lambda: len(ready.pictures()) == 1, timeout=WAIT_MS)
    ready.wait_read()
    view = ready.dialog().view
    shot = view.viewport().grab().toImage()
    assert shot.pixelColor(view.to_view(view.page.center()).toPoint()) == QColor(200, 30, 40)
