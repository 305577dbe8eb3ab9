"""First run, unlocking, devices and settings: who may come in."""
