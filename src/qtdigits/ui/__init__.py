"""The window: PySide6 over core, never ml or keras."""
