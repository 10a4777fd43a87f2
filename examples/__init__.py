"""Calendars to try the system with; ``python -m examples.make_examples`` writes them anew."""
