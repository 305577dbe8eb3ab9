"""A diary from PyPI that does a like job: django-diary, as it comes, in its own environment.

A desk diary: entries with words, a day and a person; each person signs in and sees their own. It
keeps words in clear, has no pages in its list, and mails on every save, which goes nowhere here.
"""
