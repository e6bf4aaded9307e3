"""Every address of the site. Each room of the web brings its own list."""

from django.urls import URLPattern, URLResolver, include, path

from runde.web.components.gallery.views import gallery

handler400 = "runde.web.failures.bad_request"
handler403 = "runde.web.failures.forbidden"
handler404 = "runde.web.failures.not_found"
handler500 = "runde.web.failures.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/", include("allauth.account.urls")),
    path("konto/sikkerhet/", include("allauth.mfa.urls")),
    path("komponenter/", gallery, name="gallery"),
    path("", include("runde.web.privacy.urls")),
    path("", include("runde.web.public.urls")),
    path("", include("runde.web.applicant.urls")),
    path("", include("runde.web.acting.urls")),
    path("", include("runde.web.links.urls")),
    path("", include("runde.web.officer.urls")),
    path("", include("runde.web.letters.urls")),
    path("", include("runde.web.panels.urls")),
    path("", include("runde.web.vouching.urls")),
    path("", include("runde.web.designer.urls")),
    path("", include("runde.web.finance.urls")),
    path("", include("runde.web.finance.money_urls")),
    path("", include("runde.web.uploads.urls")),
]
