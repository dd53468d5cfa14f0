"""Addresses of contests, by who works there."""

from __future__ import annotations

from portaria.web.access.views import (
    candidate,
    commission,
    director,
    institution,
    jobs,
    office,
    public,
)

urlpatterns = [
    *public.urlpatterns,
    *candidate.urlpatterns,
    *office.urlpatterns,
    *director.urlpatterns,
    *commission.urlpatterns,
    *institution.urlpatterns,
    *jobs.urlpatterns,
]
