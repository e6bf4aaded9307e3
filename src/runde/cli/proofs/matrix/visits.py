"""Everybody visits every address, their own and the neighbour's, by GET and by POST, and each visit is undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.test import Client

from runde.foundation.people.api import Person, Role

from ..region import STAFF, Town, mark_of
from .routes import Bundle, Route

SIGN_IN = "/konto/login/"
MAY_WRITE = {"django_session", "trust_bucket"}
OPEN = ("public", "linked")
"""Kinds of routes that answer strangers: for a link's the token decides, and nobody here has one."""
READINGS = {"journal_event", "journal_head"}
"""That somebody has read a case or a file is written down, in a chain of its own."""
ALLOWED = {200, 302, 405, 409, 422}
ASKS_MORE = {
    "overview_csv", "form_move", "form_check", "detach_funding", "upload_start", "keep_view", "delete_view",
    "choose_cases", "fairness_csv", "treatment", "treatment_file", "public_letter", "proposal_letter",
    "retry_bulk",
}  # fmt: skip
"""What names its thing beside the address, or shows what only some of the things have, and so may be missing."""
OF_ONE = {
    "panel_sheet", "panel_word", "panel_document", "my_panel", "appeal_act", "undo_bulk", "similar_cases_panel",
}  # fmt: skip
"""What the thing itself keeps for some of those who may come in: its assessor, who did it, who took no part."""
ACTS_FIRST = {"settle_budget", "panel_propose"}
"""What asks whether one may do it before it looks for the thing: refused alike, wherever the thing is."""
PUBLISHED = {"public_awards", "public_awards_csv"}
"""What a town publishes of its cases by law: the marked names of companies stand there for everybody."""
LAZY = {
    "receipt_file": {"documents_document", "documents_version", "trust_scarcething"},
    "account_email": {"account_emailaddress"},
}
"""What a GET may make the first time: the receipt's PDF, always the same bytes; allauth's note of one's own address."""
HELD = {"trust_scarcething"}
"""What a refused POST may have held on its way, and given back with the refusal."""
WRITTEN = """
SELECT relname, pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
    + pg_stat_get_xact_tuples_deleted(oid)
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
"""


Heads = Mapping[UUID, int]


@dataclass(frozen=True, slots=True)
class Site:
    """The towns as they stand before and after every visit; who has met a word marked as their own town's."""

    towns: Sequence[Town]
    heads: Heads
    recognised: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the door. `home` is the slug of the town they belong to, none for a stranger."""

    name: str
    home: str
    person: Person | None
    client: Client
    signed_in: str
    roles: frozenset[Role] = frozenset()
    applies: bool = False

    @property
    def foreign_marks(self) -> list[bytes]:
        """Words that may never reach this visitor's eyes."""
        return [mark_of(slug).encode() for slug in ("moss", "horten") if slug != self.home]


@dataclass(frozen=True, slots=True)
class Visit:
    """One address for one visitor. `whose` object lies there: the town's own, a foreign one, none at all (absent)."""

    route: Route
    address: str
    town: str
    whose: str


def visitors(home: Town, neighbour: Town) -> list[Visitor]:
    """The ten: a stranger, both towns' applicants, six of the home's staff, and an officer from next door."""
    everybody = [_visitor("stranger", "", None)]
    everybody.append(_visitor("applicant", home.tenant.slug, home.applicant, applies=True))
    everybody.append(_visitor("other applicant", neighbour.tenant.slug, neighbour.applicant, applies=True))
    for who in ("officer", "approver", "finance", "manager", "auditor", "secretary"):
        everybody.append(_visitor(who, home.tenant.slug, home.staff[who], roles=STAFF[who]))
    officer = neighbour.staff["officer"]
    return [*everybody, _visitor("officer next door", neighbour.tenant.slug, officer, roles=STAFF["officer"])]


def _visitor(
    name: str, home: str, person: Person | None, *, roles: Sequence[Role] = (), applies: bool = False
) -> Visitor:
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return Visitor(name, home, person, client, client.cookies.output(header=""), frozenset(roles), applies)


def visits(route: Route, home: Town, mine: Bundle, neighbour: Town, theirs: Bundle) -> Iterator[Visit]:
    """The addresses to try for a route; a route outside the tenants has one. Raises NotFillable."""
    own, other = home.tenant.slug, neighbour.tenant.slug
    if not route.has_tenant:
        yield Visit(route, route.address(own, mine.of(route)), "", "none")
        return
    yield Visit(route, route.address(own, mine.of(route)), own, "own")
    if route.has_object:
        yield Visit(route, route.address(own, theirs.of(route)), own, "foreign")
        yield Visit(route, route.address(own, route.absent()), own, "absent")
    yield Visit(route, route.address(other, theirs.of(route)), other, "own")


def try_visit(visitor: Visitor, visit: Visit, method: str, site: Site) -> list[str]:
    """Go there and undo it. Gives what was wrong with the answer."""
    with transaction.atomic():
        before = _written()
        visitor.client.cookies = SimpleCookie(visitor.signed_in)  # one of the addresses signs people out
        response = getattr(visitor.client, method)(visit.address)
        body = _body(response)
        changed = _changed(before)
        told = bool(changed & READINGS) and heads_of(site.towns) != site.heads
        transaction.set_rollback(True)
    problems = _wrong_status(visitor, visit, response) + _wrong_words(visitor, visit, body)
    if method == "get" or response.status_code in (403, 404):
        problems += _wrong_writing(visit, changed - HELD if method == "post" else changed, told)
    if visitor.home and mark_of(visitor.home).encode() in body:
        site.recognised.add(visitor.name)
    return [f"{method.upper()} {visit.address} as {visitor.name}: {problem}" for problem in problems]


def tells_apart(visitor: Visitor, foreign: Visit, absent: Visit) -> list[str]:
    """Whether a foreign thing and one that is nowhere get different answers: that would tell that it exists."""
    with transaction.atomic():
        answers = []
        for visit in (foreign, absent):
            visitor.client.cookies = SimpleCookie(visitor.signed_in)
            response = visitor.client.get(visit.address)
            answers.append((response.status_code, len(_body(response)), sorted(response.headers)))
        transaction.set_rollback(True)
    if answers[0] == answers[1]:
        return []
    return [f"GET {foreign.address} as {visitor.name}: foreign and missing differ: {answers}"]


def _wrong_status(visitor: Visitor, visit: Visit, response: Any) -> list[str]:
    wanted = expected(visitor, visit)
    status = response.status_code
    if status >= 500:
        return [f"{status}, the site broke: {getattr(response, 'exc_info', None)}"]
    if wanted == "sign in":
        to_sign_in = status == 302 and response["Location"].startswith(SIGN_IN)
        return [] if to_sign_in or status == 405 else [f"{status}, not sent to sign-in"]
    accepted = {"in": ALLOWED, "missing": {404, 405}, "refused": {403, 405}, "anything": set(range(200, 500))}
    if visit.route.name in ASKS_MORE:
        accepted["in"] = ALLOWED | {404}
    if visit.route.name in OF_ONE | ACTS_FIRST:
        accepted["in"] = accepted["in"] | {403}
    if visit.route.name in ACTS_FIRST:
        accepted["missing"] = accepted["missing"] | {403}
    return [] if status in accepted[wanted] else [f"{status}, should have been {wanted}"]


def expected(visitor: Visitor, visit: Visit) -> str:
    """What the declared entrance and the rule of tenants say: in, sign in, refused, missing or anything."""
    route = visit.route
    if route.kind in OPEN or not visit.town:
        return "anything" if route.kind in OPEN or visitor.person else "sign in"
    if visitor.person is None:
        return "sign in"
    at_home = visitor.home == visit.town
    if route.kind == "staff":
        if not (visitor.roles and at_home):
            return "missing"
        if not visitor.roles & route.roles:
            return "refused"
        return "in" if visit.whose == "own" else "missing"
    if not route.has_object:
        return "in"
    return "in" if visitor.applies and at_home and visit.whose == "own" else "missing"


def _wrong_words(visitor: Visitor, visit: Visit, body: bytes) -> list[str]:
    if visit.route.name in PUBLISHED:
        return []
    return [f"shows {mark.decode()}" for mark in visitor.foreign_marks if mark in body]


def _wrong_writing(visit: Visit, changed: set[str], told: bool) -> list[str]:
    """A visit that only looks, or was refused, leaves nothing but its session and the fact that it looked."""
    odd = changed - MAY_WRITE - READINGS - LAZY.get(visit.route.name, set())
    problems = [f"writes in {', '.join(sorted(odd))}"] if odd else []
    return problems + (["writes events in the journal"] if told and visit.route.name not in LAZY else [])


def _body(response: Any) -> bytes:
    if getattr(response, "streaming", False):
        return b"".join(response.streaming_content)
    return bytes(response.content)


def _written() -> Mapping[str, int]:
    """How many rows this transaction has written in each table, as the database counts."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return dict(cursor.fetchall())


def _changed(before: Mapping[str, int]) -> set[str]:
    return {table for table, count in _written().items() if count != before.get(table, 0)}


def heads_of(towns: Sequence[Town]) -> Heads:
    """Where each town's journal of acts stands."""
    heads: dict[UUID, int] = {}
    with transaction.atomic(), connection.cursor() as cursor:
        for town in towns:
            cursor.execute("SELECT set_config('runde.tenant', %s, true)", [str(town.id)])
            cursor.execute("SELECT max(seq) FROM journal_head WHERE chain = 'events'")
            heads[town.id] = cursor.fetchone()[0]
        transaction.set_rollback(True)
    return heads
