"""Scores from files: levels alone, or a whole assessment."""
