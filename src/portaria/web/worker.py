"""The worker: placements, imports and checks, one after the other, beside the server.

    python -m portaria.web.worker

One an installation. What a worker that was killed had begun is done again from its beginning.
"""

from __future__ import annotations

from portaria.web.installation import set_up
from portaria.web.lifeline import follow_parent


def main() -> None:
    """Work until told to stop."""
    set_up()
    from django.core.management import call_command

    from portaria.regulations.access.compute.warm import warm_up
    from portaria.web.access.jobs import requeue_lost

    follow_parent()
    warm_up()
    requeue_lost()
    call_command("db_worker", interval=0.5, startup_delay=False, verbosity=0)


if __name__ == "__main__":
    main()
