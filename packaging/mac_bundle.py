"""What macOS is told about the program: values of Info.plist for PyInstaller's BUNDLE."""

from __future__ import annotations

from typing import Any, Final

from project import Project

_STROKES: Final = "io.github.qtdigits.strokes"
_TYPES: Final = {
    "application/x-qtdigits-strokes": _STROKES,
    "application/x-qtdigits-strokes-gzip": "org.gnu.gnu-zip-archive",
    "image/png": "public.png",
    "image/jpeg": "public.jpeg",
    "image/bmp": "com.microsoft.bmp",
    "image/gif": "com.compuserve.gif",
    "image/webp": "org.webmproject.webp",
    "image/tiff": "public.tiff",
}
"""MIME type -> the name that macOS has for it."""


def info_plist(project: Project, opened: tuple[str, ...]) -> dict[str, Any]:
    """The values beside those that PyInstaller fills in itself.

    opened: the MIME types of the files that the window opens. Raises ValueError for one that macOS
    has no name for here.
    """
    unknown = [name for name in opened if name not in _TYPES]
    if unknown:
        raise ValueError(f"mac_bundle.py has no name of macOS for {', '.join(unknown)}")
    values: dict[str, Any] = {
        "CFBundleDisplayName": project.name,
        "CFBundleShortVersionString": project.short_version,
        "CFBundleVersion": project.short_version,
        # PyInstaller takes a program that can write to a terminal for one without a window.
        "LSBackgroundOnly": False,
        "LSApplicationCategoryType": "public.app-category.education",
        "LSMinimumSystemVersion": "13.0",  # what Qt's wheels are built for
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": f"{project.licence} licence. {project.authors}.",
        "NSPrincipalClass": "NSApplication",
        "NSSupportsAutomaticGraphicsSwitching": True,
    }
    if opened:
        values["CFBundleDocumentTypes"] = [
            {
                "CFBundleTypeName": "Handwritten digits",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",  # they have programs of their own
                "LSItemContentTypes": [_TYPES[name] for name in opened],
            }
        ]
    if _STROKES in (_TYPES[name] for name in opened):
        values["UTExportedTypeDeclarations"] = [
            {
                "UTTypeIdentifier": _STROKES,
                "UTTypeDescription": "Pen strokes of handwritten digits",
                "UTTypeConformsTo": ["public.text"],
                "UTTypeTagSpecification": {"public.filename-extension": ["jsonl"]},
            }
        ]
    return values
