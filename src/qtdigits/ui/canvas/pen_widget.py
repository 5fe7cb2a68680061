"""A sheet that hears pens: Qt's events in, pen events out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QMouseEvent, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QWidget

from qtdigits.ui.canvas.pen_events import PenEvent, from_mouse, from_tablet, from_touch
from qtdigits.ui.canvas.sheet_view import SheetView


class PenWidget(SheetView):
    """Turns what Qt says of mouse, stylus and finger into four calls; what they do is not known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._touch_draws = True
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMouseTracking(True)
        self.setTabletTracking(True)

    def on_pen(self, event: PenEvent) -> None:
        """A pen did something."""
        raise NotImplementedError

    def on_interrupted(self) -> None:
        """The person's attention went elsewhere; the pen may still be down."""
        raise NotImplementedError

    def finish_gesture(self) -> None:
        """Whatever a pen is doing ends here."""
        raise NotImplementedError

    def on_leave(self) -> None:
        """No pen is over the widget any more."""
        raise NotImplementedError

    def set_touch_draws(self, draws: bool) -> None:
        """Whether a finger writes; if not, touch is left to others."""
        self.finish_gesture()
        self._touch_draws = draws

    def watch_proximity(self, watch: bool) -> None:
        """Finish the gesture when the stylus goes out of reach: Qt tells only the application."""
        application = QCoreApplication.instance()
        if application is None:
            return
        if watch:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._on_mouse(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._on_mouse(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._on_mouse(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._on_mouse(event)

    def _on_mouse(self, event: QMouseEvent) -> None:
        pen_event = from_mouse(event)
        if pen_event is not None:
            self.on_pen(pen_event)
        event.accept()

    def tabletEvent(self, event: QTabletEvent) -> None:
        pen_event = from_tablet(event)
        if pen_event is not None:
            self.on_pen(pen_event)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and self._touch_draws:
            pen_event = from_touch(event)
            if pen_event is not None:
                self.on_pen(pen_event)
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.TabletLeaveProximity:
            self.finish_gesture()
        return super().eventFilter(watched, event)

    def leaveEvent(self, event: QEvent) -> None:
        self.on_leave()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.on_interrupted()
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.on_interrupted()
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.finish_gesture()
        super().hideEvent(event)
