"""Addresses of the figures."""

from django.urls import path

from . import views

urlpatterns = [
    path("<slug:tenant>/ordninger/sammenlign/", views.compare_any, name="compare_schemes"),
    path("<slug:tenant>/ordninger/kladd/<uuid:draft>/tall/", views.figures, name="draft_figures"),
    path(
        "<slug:tenant>/ordninger/kladd/<uuid:draft>/tall/<slug:name>.csv",
        views.file,
        name="draft_figures_file",
    ),
    path("<slug:tenant>/ordninger/kladd/<uuid:draft>/sammenlign/", views.compare, name="compare_draft"),
    path("<slug:tenant>/ordninger/kladd/<uuid:draft>/saksvedlegg.pdf", views.paper, name="council_paper"),
]
