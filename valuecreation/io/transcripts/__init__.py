"""Transcripts: interviews as people have them (Word, PDF, plain text, subtitles), read into turns without altering a word."""
