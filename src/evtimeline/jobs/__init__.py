"""The jobs, each one straight line."""
