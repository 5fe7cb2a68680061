"""The history: drawings to look through, to label and to delete, and the running score."""
