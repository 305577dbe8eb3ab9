"""Growth: the two voices over time, and what helps this person."""
