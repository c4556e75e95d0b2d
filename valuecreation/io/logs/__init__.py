"""Logs that a platform keeps: Moodle, xAPI, XES, OCEL and lists of replies; pseudonyms at the door, the key apart."""
