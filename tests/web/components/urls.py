"""Only the gallery, so that it can be looked at without a database."""

from django.urls import path

from runde.web.components.gallery import gallery

urlpatterns = [path("komponenter/", gallery, name="gallery")]
