"""In and out: one file a format, into a study and out of it."""
