"""What somebody who fills in an application must know beside the questions: each with heading, words and ways on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from runde.engine.reference.api import Language, moment_text
from runde.grants.applications.api import Application
from runde.grants.schemes.api import Phase, call_phase, grace_ends_at
from runde.web.applicant.facts_told import change_lines
from runde.web.applicant.paper import Paper
from runde.web.texts import chosen


@dataclass(frozen=True)
class Way:
    text: str
    url: str


@dataclass(frozen=True)
class Notice:
    """`lines` are shown as a list, `ways` as links below."""

    heading: str
    text: str = ""
    color: Literal["info", "warning"] = "info"
    lines: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()


def notices_of(
    found: Application, paper: Paper, tenant: str, *, at: datetime, language: Language
) -> list[Notice]:
    return [
        *_of_deadline(found, at, language),
        *_of_register(found, tenant, language),
        *_of_new_form(found, paper, tenant, language),
    ]


def _of_deadline(found: Application, at: datetime, language: Language) -> Iterator[Notice]:
    call = found.call
    phase = call_phase(call, at)
    late = chosen({"late": call.late_rule}, "late", language)
    if phase == Phase.GRACE:
        until = moment_text(grace_ends_at(call), language)
        words = _("Du hadde begynt, og kan sende til %(until)s.") % {"until": until}
        yield Notice(_("Fristen er ute"), f"{words} {late}".strip(), "warning")
    elif phase == Phase.CLOSED:
        words = _("Kladden er lagret, men kan ikke sendes inn.")
        rule = late or _("Ta kontakt med kommunen hvis noe hindret deg.")
        yield Notice(_("Fristen er ute"), f"{words} {rule}", "warning")
    elif phase == Phase.WITHDRAWN:
        words = _("Kommunen har trukket utlysningen. Kladden er lagret, men kan ikke sendes inn.")
        yield Notice(_("Utlysningen er trukket"), words, "warning")


def _of_register(found: Application, tenant: str, language: Language) -> Iterator[Notice]:
    facts = Way(_("Se opplysningene"), reverse("register_facts", args=[tenant, found.id]))
    if found.register_state == Application.RegisterState.PENDING:
        words = _("Du kan fortsette. Vi henter opplysningene senere og sier fra hvis noe endrer seg.")
        yield Notice(_("Vi får ikke kontakt med Enhetsregisteret"), words, "warning")
    elif found.facts_changed:
        lines = tuple(change_lines(found.facts_changed, language))
        heading = _("Enhetsregisteret sier noe nytt om virksomheten")
        yield Notice(heading, "", "warning", lines, (facts,))


def _of_new_form(found: Application, paper: Paper, tenant: str, language: Language) -> Iterator[Notice]:
    ways = tuple(_to_see(found, paper, tenant, language))
    if ways:
        heading = ngettext(
            "Skjemaet er endret. Se på ett svar igjen",
            "Skjemaet er endret. Se på disse svarene igjen",
            len(ways),
        )
        yield Notice(heading, "", "warning", (), ways)
    lines = tuple(f"{one['label']}: {one['text']}" for one in found.set_aside.values() if one.get("text"))
    if lines:
        words = _("Vi har tatt vare på dem her. De blir ikke sendt med søknaden.")
        yield Notice(_("Disse svarene spør vi ikke om lenger"), words, "info", lines)


def _to_see(found: Application, paper: Paper, tenant: str, language: Language) -> Iterator[Way]:
    labels = {one.slug: one for part in paper.parts for one in part.shown}
    for slug in found.to_see:
        part = paper.part_of(slug)
        if part is not None and slug in labels:
            label = labels[slug].label
            url = reverse("fill", args=[tenant, found.id, part.slug])
            yield Way(label.get(language) or label.get("nb", ""), f"{url}#q-{slug}")
