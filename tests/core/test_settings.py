"""The table of settings: its rows are sound, and no garbage gets through."""

from __future__ import annotations

import pytest

from qtdigits.core.settings import SETTINGS, Setting, SettingKind, setting

GARBAGE: list[object] = [
    None,
    "",
    "maybe",
    "12x",
    "NaN",
    -1,
    10**9,
    "-1",
    3.5,
    [],
    {},
    b"\x00",
    "true\0",
    "9" * 5000,
]


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.key)
def test_default_of_every_setting_is_allowed(row: Setting) -> None:
    assert row.parse(row.default) == row.default


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.key)
def test_every_setting_explains_itself(row: Setting) -> None:
    assert row.title
    assert row.help.endswith(".")


@pytest.mark.parametrize("raw", GARBAGE, ids=lambda raw: repr(raw)[:12])
@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.key)
def test_garbage_becomes_the_default(row: Setting, raw: object) -> None:
    value = row.parse(raw)
    assert value == row.default
    assert type(value) is type(row.default)


def test_keys_are_unique() -> None:
    assert len({row.key for row in SETTINGS}) == len(SETTINGS)


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("pen_width", "2", 2),
        ("pen_width", 40, 40),
        ("touch_draws", "false", False),
        ("touch_draws", True, True),
        ("theme", "dark", "dark"),
    ],
)
def test_text_of_a_settings_file_is_read(key: str, raw: object, value: object) -> None:
    assert setting(key).parse(raw) == value


@pytest.mark.parametrize("width", [1, 41, True])
def test_pen_width_out_of_range_becomes_the_default(width: int) -> None:
    assert setting("pen_width").parse(width) == setting("pen_width").default


def test_numbers_have_a_range_and_choices_have_choices() -> None:
    for row in SETTINGS:
        assert (row.kind is SettingKind.NUMBER) == (row.minimum < row.maximum)
        assert (row.kind is SettingKind.CHOICE) == (len(row.choices) > 1)


def test_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="'colour'"):
        setting("colour")
