"""The channels by which messages leave, one module each."""
