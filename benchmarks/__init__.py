"""What is measured, by hand: no test depends on it."""
