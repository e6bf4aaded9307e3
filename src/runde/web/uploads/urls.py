"""Addresses for files."""

from django.urls import path

from . import views
from .application import ApplicationFiles
from .subjects import register_subject

register_subject("application", ApplicationFiles())

urlpatterns = [
    path("<slug:tenant>/vedlegg/deler/<uuid:upload>/", views.part, name="upload_part"),
    path("<slug:tenant>/vedlegg/deler/<uuid:upload>/ferdig/", views.finish, name="upload_finish"),
    path("<slug:tenant>/vedlegg/til/<slug:kind>/<uuid:subject>/", views.whole, name="upload"),
    path("<slug:tenant>/vedlegg/til/<slug:kind>/<uuid:subject>/start/", views.start, name="upload_start"),
    path(
        "<slug:tenant>/vedlegg/til/<slug:kind>/<uuid:subject>/sporsmal/<slug:question>/",
        views.listed,
        name="upload_list",
    ),
    path("<slug:tenant>/vedlegg/<uuid:attachment>/", views.show, name="attachment"),
    path("<slug:tenant>/vedlegg/<uuid:attachment>/bilde/", views.preview, name="attachment_preview"),
    path("<slug:tenant>/vedlegg/<uuid:attachment>/fjern/", views.remove, name="attachment_remove"),
]
