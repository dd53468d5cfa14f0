"""Addresses of contests, by who works there."""

from __future__ import annotations

from portaria.web.access.api import urls as api
from portaria.web.access.views import (
    candidate,
    commission,
    decision_notices,
    director,
    exchange,
    institution,
    jobs,
    next_phase,
    office,
    office_moves,
    public,
    rectify,
)

urlpatterns = [
    *public.urlpatterns,
    *candidate.urlpatterns,
    *office.urlpatterns,
    *director.urlpatterns,
    *commission.urlpatterns,
    *institution.urlpatterns,
    *exchange.urlpatterns,
    *next_phase.urlpatterns,
    *office_moves.urlpatterns,
    *rectify.urlpatterns,
    *api.urlpatterns,
    *jobs.urlpatterns,
    *decision_notices.urlpatterns,
]
