"""Addresses for those who come from a mail."""

from django.urls import path

from . import views

urlpatterns = [
    path("o/lenken-er-ikke-hel/", views.not_whole, name="link_not_whole"),
    path("o/oppgave/<uuid:link>/", views.task, name="linked_task"),
    path("o/oppgave/<uuid:link>/ny/", views.again, name="link_again"),
    path("o/oppgave/<uuid:link>/<slug:step>/", views.task, name="linked_step"),
    path("o/<str:token>/", views.arrive, name="link"),
]
