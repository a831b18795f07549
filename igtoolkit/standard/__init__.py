"""The rules themselves: levels, score, grade, calendar and crosswalk. Pure functions, no Django, no clock."""
