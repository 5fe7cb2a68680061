"""Everything that the menus and the tool bar can do, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from qtdigits.ui.icons import icon
from qtdigits.ui.theme_colors import Theme

Shortcut = QKeySequence.StandardKey | str


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. The first shortcut that the platform knows is shown; tip is one phrase."""

    name: str
    text: str
    tip: str
    shortcuts: tuple[Shortcut, ...] = ()
    icon: str = ""
    checkable: bool = False


_KEYS: Final = QKeySequence.StandardKey

ACTIONS: Final = (
    ActionSpec(
        "New",
        "&New Drawing",
        "Take empty paper; this drawing stays in the history",
        (_KEYS.New,),
        "new",
    ),
    ActionSpec(
        "Open",
        "&Open Pictures…",
        "Read the numbers in pictures; they can be dropped here, too",
        (_KEYS.Open,),
        "open",
    ),
    ActionSpec("Paste", "&Paste Picture", "Read the picture on the clipboard", (_KEYS.Paste,)),
    ActionSpec("Pictures", "&Pictures…", "The pictures that are open, with their numbers", ()),
    ActionSpec("Quit", "&Quit", "Close qtdigits", (_KEYS.Quit, "Ctrl+Q"), "quit"),
    ActionSpec("Undo", "&Undo", "Take back the last change", (_KEYS.Undo,), "undo"),
    ActionSpec("Redo", "&Redo", "Make the change again", (_KEYS.Redo,), "redo"),
    ActionSpec("Clear", "&Clear", "Wipe the paper", ("Delete", "Backspace", "Escape"), "clear"),
    ActionSpec(
        "Agree", "&The Answer Is Right", "Say that the drawing was read right", ("Return", "Enter")
    ),
    *(
        ActionSpec(f"Label{digit}", f"It Is &{digit}", f"Say that it is {digit}", (f"{digit}",))
        for digit in range(10)
    ),
    ActionSpec("PreviousDigit", "&Previous Digit", "Look at the digit before", ("Left",)),
    ActionSpec("NextDigit", "&Next Digit", "Look at the digit after", ("Right",)),
    ActionSpec("SplitDigit", "&Split Digit", "Part the digit looked at in two", ("S",)),
    ActionSpec("JoinDigits", "&Join Digits", "Make it and its neighbour one digit", ("J",)),
    ActionSpec(
        "CutLeft", "Move Cut &Left", "Move the cut beside the digit to the left", ("Ctrl+Left",)
    ),
    ActionSpec(
        "CutRight", "Move Cut &Right", "Move the cut beside the digit to the right", ("Ctrl+Right",)
    ),
    ActionSpec("DivideAnew", "&Divide Anew", "Forget what you joined and cut", ()),
    ActionSpec(
        "History",
        "&History…",
        "All drawings, and how often they were read right",
        ("Ctrl+H",),
        "history",
    ),
    ActionSpec("Import", "&Import Drawings…", "Add the drawings of a file to yours", ()),
    ActionSpec(
        "Export", "&Export Drawings…", "Save your drawings as strokes, pictures or arrays", ()
    ),
    ActionSpec(
        "Settings", "&Settings…", "Change settings", (_KEYS.Preferences, "Ctrl+,"), "settings"
    ),
    ActionSpec("Pen", "&Pen", "Write with the pen", ("P",), "pen", checkable=True),
    ActionSpec("Eraser", "&Eraser", "Rub out strokes", ("E",), "eraser", checkable=True),
    ActionSpec("Thinner", "Thi&nner Pen", "Make the pen thinner", ("[", "-")),
    ActionSpec("Thicker", "Thic&ker Pen", "Make the pen thicker", ("]", "+")),
    ActionSpec(
        "NetworkInput",
        "What the &Network Sees",
        "Show the numbers that the network is given",
        ("Ctrl+I",),
        checkable=True,
    ),
    ActionSpec(
        "FullScreen", "&Full Screen", "Fill the screen", (_KEYS.FullScreen, "F11"), checkable=True
    ),
    ActionSpec(
        "Train", "&Train a Network…", "Let a network learn on this computer", ("Ctrl+T",), "train"
    ),
    ActionSpec(
        "Library", "&Library…", "All networks: use, compare, export, delete", ("Ctrl+L",), "library"
    ),
    ActionSpec(
        "Learn",
        "Learn from My &Drawings…",
        "Let the network learn from your drawings that have a label",
        (),
    ),
    ActionSpec(
        "LearnHandwriting",
        "Learn My &Handwriting…",
        "Write each digit twice, and let the network learn from that",
        (),
        "learn",
    ),
    ActionSpec("CopyLog", "Copy the &Log", "Put what went wrong lately on the clipboard", ()),
    ActionSpec("About", "&About qtdigits", "Version, licence and network", (), "info"),
)


class Actions(QObject):
    """Owns the actions of ACTIONS, each with the object name 'action' and its name."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = {spec.name: _make(spec, self) for spec in ACTIONS}
        self._actions["Quit"].setMenuRole(QAction.MenuRole.QuitRole)
        self._actions["Settings"].setMenuRole(QAction.MenuRole.PreferencesRole)
        self._actions["About"].setMenuRole(QAction.MenuRole.AboutRole)
        self.set_theme(theme)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def all(self) -> list[QAction]:
        return list(self._actions.values())

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in the theme's colours."""
        for spec in ACTIONS:
            if spec.icon:
                self._actions[spec.name].setIcon(icon(spec.icon, theme))


def _make(spec: ActionSpec, parent: QObject) -> QAction:
    action = QAction(spec.text, parent)
    action.setObjectName(f"action{spec.name}")
    action.setCheckable(spec.checkable)
    keys = _keys(spec.shortcuts)
    action.setShortcuts(keys)
    shown = keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
    action.setToolTip(f"{spec.tip} ({shown})" if shown else spec.tip)
    return action


def _keys(shortcuts: tuple[Shortcut, ...]) -> list[QKeySequence]:
    """Shortcuts as key sequences, without those that this platform has no keys for."""
    keys: list[QKeySequence] = []
    for shortcut in shortcuts:
        found = (
            [QKeySequence(shortcut)]
            if isinstance(shortcut, str)
            else QKeySequence.keyBindings(shortcut)
        )
        keys += [key for key in found if not key.isEmpty() and key not in keys]
    return keys
