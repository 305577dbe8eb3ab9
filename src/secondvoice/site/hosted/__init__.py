"""Serving many people from one PostgreSQL by any number of replicas: ``secondvoice serve``.

A replica keeps nothing: no file, no folder, no session in memory. So any of them answers any
request, and any of them may go at any time.

options.py  what a host may set          schema.py  whether the tables are those that it needs
running.py  the process that is started  state.py   ready or not, and why
probes.py   what a probe and a reader of metrics get
lines.py    the log                      metrics.py the figures
wsgi.py     the worker: the site, the watch over the database
"""
