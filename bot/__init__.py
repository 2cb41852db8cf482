"""The entrance: settings, clock, wiring, command line. Imports everything; nothing imports it."""
