"""The version information that Windows shows in a file's properties, as PyInstaller takes it."""

from __future__ import annotations

from typing import Final

from project import Project

_AMERICAN_ENGLISH: Final = 0x0409
_UNICODE: Final = 1200


def version_information(project: Project) -> str:
    """The text of a file for EXE(version=…), which PyInstaller evaluates as an expression."""
    numbers = project.version_numbers
    strings = {
        "CompanyName": project.authors,
        "FileDescription": project.name,  # what the task manager calls the program
        "FileVersion": project.version,
        "InternalName": project.name,
        "LegalCopyright": f"{project.licence} licence. {project.authors}.",
        "OriginalFilename": f"{project.name}.exe",
        "ProductName": project.name,
        "ProductVersion": project.version,
        "Comments": project.summary,
    }
    lines = "\n".join(
        f"                        StringStruct({key!r}, {value!r}),"
        for key, value in strings.items()
    )
    return f"""\
VSVersionInfo(
    ffi=FixedFileInfo(
        filevers={numbers},
        prodvers={numbers},
        mask=0x3F,
        flags=0x0,
        OS=0x40004,
        fileType=0x1,
        subtype=0x0,
        date=(0, 0),
    ),
    kids=[
        StringFileInfo(
            [
                StringTable(
                    "{_AMERICAN_ENGLISH:04x}{_UNICODE:04x}",
                    [
{lines}
                    ],
                )
            ]
        ),
        VarFileInfo([VarStruct("Translation", [{_AMERICAN_ENGLISH}, {_UNICODE}])]),
    ],
)
"""
