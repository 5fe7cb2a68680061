"""What a drawing, a digit image and a prediction are: standard library, numpy and Pillow only."""
