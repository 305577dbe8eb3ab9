"""The pages of bringing things in."""
