"""Analyses: one a file, a study in, a `Result` out."""
