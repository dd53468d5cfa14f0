"""The entry of the web server: one a process."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portaria.web.settings")
application = get_wsgi_application()


def served() -> object:
    """The application in a process of `serve`: it follows its parent, and wakes what pages need."""
    from portaria.web.front import Front
    from portaria.web.lifeline import follow_parent
    from portaria.web.warm import warm_up

    follow_parent()
    warm_up()
    return Front(application)
