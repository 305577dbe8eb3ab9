"""Simulated people with known effects: how well "what helps me" finds them."""
