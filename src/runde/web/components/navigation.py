"""Ways onward: lanes, filter chips, crumbs, pages, steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.core.paginator import Page
from django.http import HttpRequest


@dataclass(frozen=True)
class Lane:
    """One pile of a work list, as a link with its count."""

    name: str
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True)
class FilterChip:
    """A filter in use. `url` is the same list without it."""

    text: str
    url: str


@dataclass(frozen=True)
class Crumb:
    text: str
    url: str


@dataclass(frozen=True)
class Step:
    """A step of a process that several people carry forward."""

    text: str
    when: Literal["done", "now", "later"] = "later"
    note: str = ""


@dataclass(frozen=True)
class PageLink:
    """A number in the page list; without `url` it is a gap."""

    text: str
    url: str = ""
    current: bool = False


def page_links(page: Page[object], request: HttpRequest | None) -> list[PageLink]:
    """The first, last and nearest pages, with the rest of the address kept."""
    links = []
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if isinstance(number, int):
            links.append(PageLink(str(number), page_url(number, request), number == page.number))
        else:
            links.append(PageLink("…"))
    return links


def page_url(number: int, request: HttpRequest | None) -> str:
    query = request.GET.copy() if request is not None else None
    if query is None:
        return f"?side={number}"
    query["side"] = str(number)
    return f"?{query.urlencode()}"


@dataclass(frozen=True)
class MenuLink:
    """A link in the header's main menu; a page gives them as `menu`."""

    text: str
    url: str
    current: bool = False
