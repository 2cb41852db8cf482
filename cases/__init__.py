"""What a case is: the pure core. Standard library only; no I/O, and `now` is always an argument."""
