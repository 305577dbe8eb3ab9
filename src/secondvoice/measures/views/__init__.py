"""The room's own page, taking a measure, its result, everything over time, and what is chosen."""
