"""Benchmarks that print ratios of one run; none of them is a test."""
