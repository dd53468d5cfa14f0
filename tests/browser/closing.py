"""Moves the deadline of the running contest, in a process of its own: the server has it open.

python closing.py DATA SECONDS     applications are received until so many seconds from now
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from portaria.web.installation import set_up

if __name__ == "__main__":
    set_up(Path(sys.argv[1]))
    from django.utils import timezone

    from portaria.web.access.models import Contest, Stage

    end = timezone.now().replace(microsecond=0) + timedelta(seconds=int(sys.argv[2]))
    Contest.objects.filter(stage=Stage.OPEN).update(closes_at=end)
    print(end.timestamp())
