"""The web application: records, screens and an API over the regulations, which decide.

One Django project; one app a regulation, and `accounts` for people, roles and the log.
"""
