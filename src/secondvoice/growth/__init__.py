"""Growth: the two voices over time, the critic, what helps, and an experiment on oneself.

It reads what the other rooms keep and is read by none of them. ``helps`` is the statistics, plain
Python over plain values; ``occasions`` makes what it takes from a person's records.
"""
