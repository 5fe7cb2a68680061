"""Painting one open picture: a small picture of it, its name and its numbers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from qtdigits.core.picture_sheet import OpenPicture, PictureState
from qtdigits.ui.items.cell_frame import paint_cell_frame
from qtdigits.ui.items.picture_model import PictureRole
from qtdigits.ui.theme_colors import Theme

THUMBNAIL_PX: Final = 44
_PADDING_PX: Final = 8
_RADIUS_PX: Final = 8.0
_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class PictureDelegate(QStyledItemDelegate):
    """Paints a thumbnail with two lines of text at its right."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        text = 2 * QFontMetrics(option.font).height() + 4
        return QSize(120, max(THUMBNAIL_PX, text) + 2 * _PADDING_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        picture: OpenPicture = index.data(PictureRole.PICTURE)
        rect = option.rect.adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_cell_frame(painter, QRectF(rect), _RADIUS_PX, option.state, self._theme)
        top = rect.top() + (rect.height() - THUMBNAIL_PX) // 2
        place = QRect(rect.left() + _PADDING_PX - 2, top, THUMBNAIL_PX, THUMBNAIL_PX)
        self._paint_thumbnail(painter, place, index.data(PictureRole.THUMBNAIL))
        left = place.right() + 10
        self._paint_texts(
            painter,
            QRect(left, rect.top(), rect.right() - left - _PADDING_PX, rect.height()),
            option.font,
            picture,
        )
        painter.restore()

    def _paint_thumbnail(self, painter: QPainter, place: QRect, image: QImage | None) -> None:
        """The picture in its place, its middle where it is longer than the place."""
        corners = QPainterPath()
        corners.addRoundedRect(QRectF(place), 6, 6)
        painter.fillPath(corners, QColor(self._theme.track))
        if image is None or image.isNull():
            return
        ratio = max(place.width() / image.width(), place.height() / image.height())
        size = QSize(round(image.width() * ratio), round(image.height() * ratio))
        whole = QRect(place.topLeft(), size)
        whole.moveCenter(place.center())
        painter.save()
        painter.setClipPath(corners)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(whole, image)
        painter.restore()

    def _paint_texts(
        self, painter: QPainter, place: QRect, font: QFont, picture: OpenPicture
    ) -> None:
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        line = QFontMetrics(font).height()
        top = place.top() + (place.height() - 2 * line - 4) // 2
        is_text = picture.state is PictureState.READ and bool(picture.text)
        painter.setFont(bold if is_text else font)
        painter.setPen(QColor(self._color(picture, is_text)))
        words = QFontMetrics(painter.font()).elidedText(
            picture.words, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(QRect(place.left(), top, place.width(), line), _LEFT, words)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.muted))
        doubtful = picture.doubtful
        about = f"{doubtful} unsure · {picture.name}" if doubtful else picture.name
        name = QFontMetrics(font).elidedText(about, Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(QRect(place.left(), top + line + 4, place.width(), line), _LEFT, name)

    def _color(self, picture: OpenPicture, is_text: bool) -> str:
        if picture.state is PictureState.FAILED:
            return self._theme.bad
        if picture.doubtful:
            return self._theme.warn
        return self._theme.text if is_text else self._theme.muted
