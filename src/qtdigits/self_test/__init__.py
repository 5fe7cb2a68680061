"""Checks that the program works where it stands; --self-test runs all of them."""
