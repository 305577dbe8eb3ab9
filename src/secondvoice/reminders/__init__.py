"""Reminders that a person asked for: when, by which way, in words that tell nobody anything."""
