"""Addresses for those who follow the money: where it stands, its sources, its years, and the accounts."""

from django.urls import path

from .views import accounts, changing, cockpit, rests, sources, years

urlpatterns = [
    path("<slug:tenant>/penger/", cockpit.show, name="cockpit"),
    path("<slug:tenant>/penger/tall/", cockpit.as_csv, name="cockpit_csv"),
    path("<slug:tenant>/penger/ny/", sources.add, name="add_source"),
    path("<slug:tenant>/penger/regnskap/", accounts.export, name="export_books"),
    path("<slug:tenant>/penger/kontoplan/", accounts.coding, name="set_coding"),
    path("<slug:tenant>/penger/rest/<uuid:case>/", rests.show, name="settle_rest"),
    path("<slug:tenant>/penger/kilde/<uuid:source>/", sources.show, name="source"),
    path("<slug:tenant>/penger/kilde/<uuid:source>/endre/", changing.change, name="change_source"),
    path("<slug:tenant>/penger/kilde/<uuid:source>/<int:year>/", years.show, name="source_year"),
    path("<slug:tenant>/penger/kilde/<uuid:source>/<int:year>/tall/", years.as_csv, name="source_year_csv"),
]
