"""Links to cards from the places where they are needed."""
