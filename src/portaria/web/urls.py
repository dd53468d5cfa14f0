"""Every address of the application."""

from __future__ import annotations

from django.urls import include, path

from portaria.web.views import home

urlpatterns = [
    path("", home, name="home"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("conta/", include("allauth.urls")),
    path("", include("portaria.web.accounts.urls")),
    path("", include("portaria.web.access.urls")),
]

handler400 = "portaria.web.views.bad_request"
handler403 = "portaria.web.views.forbidden"
handler404 = "portaria.web.views.not_found"
handler500 = "portaria.web.views.fault"
