"""What only the frozen program needs: parts of it that are unpacked when they are wanted."""
