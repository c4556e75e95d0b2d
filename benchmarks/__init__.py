"""Benchmarks: what the work costs, each beside the same work in plain pandas, in one run."""
