"""The way back to the page a file came from."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 500


def back_path(request: HttpRequest) -> str:
    """The path in `back`, when it is one of ours; otherwise one's own front page."""
    wanted = request.POST.get("back", "") or request.GET.get("back", "")
    return wanted if is_ours(wanted) else reverse("home")


def is_ours(path: str) -> bool:
    """A path on this site that leads somewhere: no other host, no script, nothing unknown."""
    if not path.startswith("/") or len(path) > LONGEST:
        return False
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return False
    try:
        resolve(urlsplit(path).path)
    except (Resolver404, ValueError):
        return False
    return True
