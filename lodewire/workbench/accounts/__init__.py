"""Accounts: signing in, what a person may see, what they hold, and what they pay for.

Whoever may do what is decided here alone; the site and the command line both ask.
"""
