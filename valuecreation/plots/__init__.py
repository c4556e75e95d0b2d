"""Pictures: a finished table in, a described figure out."""
