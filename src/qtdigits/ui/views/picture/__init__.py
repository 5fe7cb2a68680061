"""Pictures with the boxes that were found on them."""
