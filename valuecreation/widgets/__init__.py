"""Widgets: thin shells over what the analyses compute; each has a static twin."""
