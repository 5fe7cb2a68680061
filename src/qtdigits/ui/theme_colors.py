"""The two themes as tables of colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Theme:
    """All colours of the window, as '#rrggbb'.

    ground lies behind the cards; line is around them, control_line around a control. text, muted,
    accent, good, warn and bad are readable on ground, card, hover and selected; warn_large only as
    the huge digit on a card; on_accent on accent and accent_hover. faint is for what is switched
    off, track for the empty part of a bar, slight for a bar that does not lead. paper, dots and
    ink are the canvas.
    """

    name: str
    ground: str
    card: str
    line: str
    control_line: str
    hover: str
    selected: str
    track: str
    slight: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    on_accent: str
    good: str
    warn: str
    warn_large: str
    bad: str
    paper: str
    dots: str
    ink: str


LIGHT: Final = Theme(
    name="light",
    ground="#f4f5f7",
    card="#ffffff",
    line="#e3e6eb",
    control_line="#7f8898",
    hover="#f1f3f6",
    selected="#ebf1fe",
    track="#eceef2",
    slight="#b3bccb",
    text="#1a2130",
    muted="#5a6475",
    faint="#a5adba",
    accent="#2563eb",
    accent_hover="#1d54d0",
    on_accent="#ffffff",
    good="#0c7a4b",
    warn="#94590a",
    warn_large="#c97a08",
    bad="#c02626",
    paper="#fffefb",
    dots="#e2e1dc",
    ink="#16202e",
)

DARK: Final = Theme(
    name="dark",
    ground="#1b1d21",
    card="#24272d",
    line="#343841",
    control_line="#7b8494",
    hover="#2d3139",
    selected="#2a3446",
    track="#2f343d",
    slight="#535c6b",
    text="#eceef2",
    muted="#a3abb9",
    faint="#656d7a",
    accent="#6aa5ff",
    accent_hover="#86b6ff",
    on_accent="#0d1a30",
    good="#4cc38a",
    warn="#e5a84b",
    warn_large="#e5a84b",
    bad="#ff8a80",
    paper="#202329",
    dots="#353a43",
    ink="#e9ebef",
)
