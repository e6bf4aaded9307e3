"""Every form, question, address, header and body, with what nobody should send: no crash, nothing half done."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import cycle, islice
from random import Random
from typing import Any
from urllib.parse import quote

from django.test import RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from runde.web.legible import LegibleHandler

from .attack import Attack
from .corpus import BODIES, CHARSETS, HEADERS, PATHS, TEXTS, texts
from .pages import TYPED, Form, forms_on
from .world import World

INPUTS = int(os.environ.get("RUNDE_HOSTILE_INPUTS", "100"))
ASKED = (
    "q",
    "side",
    "ko",
    "tilstand",
    "sok",
    "mine",
    "valg",
    "utlysning",
    "ta_ut",
    "dag",
    "fra",
    "til",
    "next",
)
SENT = (
    "key",
    "frozen",
    "case",
    "ta_ut",
    "go",
    "reason",
    "impartial",
    "amount",
    "text",
    "document",
    "dag",
    "revision",
)
"""What no form shows but a page reads all the same."""

Found = list[tuple[str, Form]]


def attack_on(world: World) -> Attack:
    return Attack([world.region.moss.tenant.id, world.region.horten.tenant.id])


def crawl(world: World, attack: Attack) -> Found:
    """Visit every page as everybody who may, and collect the forms found there, each kind once a person."""
    found: dict[Any, tuple[str, Form]] = {}
    for who, path in world.visits():
        response = attack.request(f"{who} GET {path}", world.people[who].get, path)
        if response.status_code < 300 and response.get("Content-Type", "").startswith("text/html"):
            for form in forms_on(path, response.content.decode()):
                found.setdefault((who, form.shape), (who, form))
    return list(found.values())


def send(attack: Attack, world: World, who: str, form: Form, name: str, text: str | list[str]) -> None:
    """One field with hostile text in it, the others as they stood."""
    data = {**{field: values or ["x"] for field, values in form.values.items()}, name: text}
    client, what = world.people[who], f"{who} {form.method} {form.path} {name}={str(text)[:60]!r}"
    if form.method == "get":
        attack.request(what, client.get, form.path, data)
        return
    response = attack.request(what, client.post, form.path, data)
    is_shown_again = response.status_code == 422 and isinstance(text, str) and form.kinds.get(name) in TYPED
    if is_shown_again and _bare(str(text)) not in _bare(unescape(response.content.decode())):
        attack.fault(f"typed text is lost: {form.shape[0]} {name}", what)


def _bare(text: str) -> str:
    """Without blanks and signs that cannot be seen: they may be tidied away."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ufffd-\uffff]", "", text)


def fields_of(found: Found) -> Iterator[tuple[str, Form, str]]:
    for who, form in found:
        for name in form.kinds:
            if name != "csrfmiddlewaretoken":
                yield who, form, name


def test_forms_hold_whatever_is_typed_in_them(world: World) -> None:
    with attack_on(world) as attack:
        found = crawl(world, attack)
        places = list(fields_of(found))
        assert len(places) > 60, "The crawl has lost its way: there are more fields than this."
        order, corpus = Random(1), list(TEXTS)
        order.shuffle(corpus)
        order.shuffle(places)
        for (who, form, name), text in islice(zip(cycle(places), cycle(corpus), strict=False), INPUTS):
            send(attack, world, who, form, name, text)
        _hypothesis_tries(attack, world, found, INPUTS // 3)
    assert not attack.faults, attack.report()
    assert attack.refused > INPUTS // 10


def _hypothesis_tries(attack: Attack, world: World, found: Found, count: int) -> None:
    @hypothesis_settings(
        max_examples=max(count, 1),
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(found), st.sampled_from(SENT), texts(), st.booleans())
    def attempt(place: tuple[str, Form], extra: str, text: str, twice: bool) -> None:
        who, form = place
        name = extra if len(text) % 2 else next(iter(form.kinds))
        send(attack, world, who, form, name, [text, text[::-1]] if twice else text)

    attempt()


def test_pages_hold_whatever_is_asked_of_them(world: World) -> None:
    pages, order = world.visits(), Random(2)
    order.shuffle(pages)
    corpus = [text for text in TEXTS if len(text) <= 5_000]
    order.shuffle(corpus)
    with attack_on(world) as attack:
        for turn, ((who, path), text) in enumerate(
            islice(zip(cycle(pages), cycle(corpus), strict=False), INPUTS)
        ):
            name, who = ASKED[turn % len(ASKED)], who if turn % 3 else order.choice(list(world.people))
            query = f"{name}={quote(text)}" + (f"&{name}=1&{name}[]=2" if turn % 7 == 0 else "")
            _get(attack, world, who, path, query)
    assert not attack.faults, attack.report()


def test_each_question_in_an_address_holds_against_the_whole_list(world: World) -> None:
    asked = (
        ("nobody", "/finn/", ("q",)),
        ("officer", "/moss/saker/", ("sok", "side", "utlysning", "ko", "tilstand")),
        ("finance", "/moss/betaling/ny/", ("dag", "side")),
        ("approver", f"/moss/forslag/{world.ids['proposal'][-2]}/", ("side",)),
        ("manager", "/moss/oversikt/penger.csv", ("utlysning",)),
        ("kari", "/min-side/virksomheter/ny/", ("til",)),
        ("nobody", "/konto/login/", ("next",)),
    )
    places = [(who, path, name) for who, path, names in asked for name in names]
    texts_now = [text for text in TEXTS if len(text) <= 5_000]
    tries = [(place, text) for text in texts_now for place in places]
    Random(3).shuffle(tries)
    with attack_on(world) as attack:
        for (who, path, name), text in tries[:INPUTS]:
            _get(attack, world, who, path, f"{name}={quote(text)}")
    assert not attack.faults, attack.report()


def _get(attack: Attack, world: World, who: str, path: str, query: str) -> None:
    address = f"{path}?{query}"
    attack.request(f"{who} GET {address[:150]}", world.people[who].get, address)


def test_addresses_headers_and_bodies_that_no_browser_sends(world: World) -> None:
    order = Random(4)
    posts = sorted({(who, path) for who, path in world.visits() if who != "nobody" or "konto" in path})
    with attack_on(world) as attack:
        for path in PATHS:
            _get(attack, world, "officer", path, "")
        for headers in HEADERS:
            _with_headers(attack, world, headers)
        for turn in range(INPUTS):
            who, path = order.choice(posts)
            who = (
                who if turn % 3 else order.choice(list(world.people))
            )  # also those who get no further than the door
            _raw(attack, world, who, path, *BODIES[turn % len(BODIES)])
    assert not attack.faults, attack.report()


def _with_headers(attack: Attack, world: World, headers: Mapping[str, str]) -> None:
    for who, path in (("nobody", "/?q=%C3%A6"), ("officer", "/moss/saker/")):
        client = world.people[who]
        kept = client.cookies.copy()
        if "Cookie" in headers:
            client.cookies.clear()
        extra = {_wsgi(name): value for name, value in headers.items()}
        attack.request(f"{who} GET {path} {headers}", client.generic, "GET", path, **extra)
        client.cookies = kept


def test_nobody_chooses_how_their_bytes_are_read() -> None:
    """Django reads the charset while it makes the request, before any middleware: so we make the request."""
    for charset in CHARSETS:
        said = {
            "QUERY_STRING": "q=bl%C3%A5b%C3%A6r%ED%A0%80",
            "CONTENT_TYPE": f"text/plain; charset={charset}",
        }
        request = LegibleHandler.request_class(RequestFactory()._base_environ(**said))
        assert request.GET["q"].startswith("blåbær"), charset


def _wsgi(name: str) -> str:
    return f"HTTP_{name.upper().replace('-', '_')}"


def _raw(attack: Attack, world: World, who: str, path: str, content_type: str, body: bytes) -> None:
    what = f"{who} POST {path} {content_type!r} {body[:80]!r}"
    attack.request(what, world.people[who].generic, "POST", path, body, content_type=content_type)
