"""The calls for programs: a feed for readers, and files for calendars. Filters as in the list."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from runde.grants.schemes.api import Announcement, announcement_phase, find_announcement
from runde.web.components.tags.norwegian import page_language
from runde.web.entrance import PUBLIC, Request, entrance
from runde.web.public.announcements import clock_text
from runde.web.public.calendars import calendar_of
from runde.web.public.searching import Asked
from runde.web.texts import chosen

KEPT_SECONDS = 300
ICS = "text/calendar; charset=utf-8"


@conditional_page
@require_safe
@entrance(PUBLIC)
def atom(request: Request) -> HttpResponse:
    asked = Asked.of(request.GET)
    found = sorted(asked.find(at=request.at), key=lambda one: one.published_at, reverse=True)
    feed = Feed(
        title=_("Ordninger som er lyst ut"),
        link=request.build_absolute_uri(reverse("calls") + asked.query),
        description=_("Tilskudd en virksomhet kan søke om, i alle kommuner som er med."),
        language=page_language(),
        feed_url=request.build_absolute_uri(),
    )
    for one in found:
        _add(feed, one, request)
    return _kept(HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type))


@conditional_page
@require_safe
@entrance(PUBLIC)
def calendar(request: Request) -> HttpResponse:
    found = Asked.of(request.GET).find(at=request.at)
    return _calendar_file(request, found, "frister.ics")


@conditional_page
@require_safe
@entrance(PUBLIC)
def call_calendar(request: Request, call: str) -> HttpResponse:
    found = find_announcement(request.tenant.slug, call)
    if found is None:
        raise Http404
    return _calendar_file(request, [found], f"{found.call_slug}.ics")


class Feed(Atom1Feed):
    """A feed is never newer than the newest it tells of: the same content is the same bytes."""

    def latest_post_date(self) -> datetime:
        dates = [one["updateddate"] for one in self.items if one["updateddate"]]
        return max(dates, default=datetime(2026, 1, 1, tzinfo=UTC))


def _add(feed: Feed, one: Announcement, request: Request) -> None:
    language, url = page_language(), _address(request, one)
    clock = clock_text(one, announcement_phase(one, request.at))
    feed.add_item(
        title=f"{chosen(one.texts, 'name', language)} ({one.tenant_name})",
        link=url,
        description=f"{chosen(one.texts, 'summary', language)} {clock}. {chosen(one.texts, 'how_much', language)}.",
        unique_id=f"urn:uuid:{one.call_id}",
        author_name=one.tenant_name,
        pubdate=one.published_at,
        updateddate=one.published_at,
        categories=[one.tenant_name],
    )


def _calendar_file(request: Request, found: list[Announcement], name: str) -> HttpResponse:
    content = calendar_of(
        found,
        name=_("Frister for ordninger"),
        absolute=lambda one: _address(request, one),
        at=request.at,
    )
    response = HttpResponse(content, content_type=ICS)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _kept(response)


def _address(request: Request, one: Announcement) -> str:
    return request.build_absolute_uri(reverse("call", args=[one.tenant_slug, one.call_slug]))


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = f"max-age={KEPT_SECONDS}"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
