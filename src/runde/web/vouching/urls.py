"""Addresses for those in the municipality who vouch for people."""

from django.urls import path

from . import views

urlpatterns = [
    path("<slug:tenant>/handle-for/", views.requests, name="acting_requests"),
    path("<slug:tenant>/handle-for/<uuid:asked>/", views.vouch, name="vouch"),
]
