"""What ``secondvoice COMMAND`` does, a module a command.

Each has ``run(chosen)``, which returns the exit status.
"""
