"""The rival: a Django view that writes one row and says so. Nothing is asked, checked, fenced or remembered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.urls import path

ADDRESS = "/row/"


def write_row(request: HttpRequest) -> HttpResponse:
    kept_until = datetime.now(UTC) + timedelta(hours=1)
    words = request.POST.get("words", "")
    Session.objects.create(session_key=uuid4().hex, session_data=words, expire_date=kept_until)
    return HttpResponse("written")


urlpatterns = [path("row/", write_row)]
