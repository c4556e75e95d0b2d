"""What leaves a study for people to read: sheets for participants and reports."""
