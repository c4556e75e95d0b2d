"""Diaries as people keep them in Excel or CSV: what each column is, shown before it is used, and then a study."""
