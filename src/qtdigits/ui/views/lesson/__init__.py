"""The pages of the lesson dialog."""
