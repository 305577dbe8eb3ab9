"""Learn: short cards on what self-compassion is and is not, each with what it rests on.

Like support, the pages are the same for everybody and open without unlocking: the room reaches
nothing that a person keeps, and a contract in ``.importlinter`` holds it to that. Another room
links to a card by the name ``learn_card`` and the card's id.
"""
