"""Values and decisions: pure functions, no I/O, no clock, standard library only (the matcher's automaton excepted)."""
