"""Mails about who acts for a company: fact first, then what to do, one link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from runde.engine.reference.api import date_text
from runde.foundation.notices.api import Outgoing, queue_notices
from runde.foundation.organisations.api import Organisation
from runde.foundation.people.api import ActingRequest, Invitation, Mandate, Person, link_address
from runde.web.components.tags.norwegian import page_language

from .words import scope_text


def tell_invited(invitation: Invitation, token: str, company: str, *, language: str, at: datetime) -> None:
    """To the address: who invites, to what, and the link. The link's language is the address's own where known."""
    with override(language):
        expires = date_text(timezone.localdate(invitation.expires_at), page_language())
        facts = {"name": invitation.invited_by.name, "company": company, "day": expires}
        lines = [
            _("%(name)s inviterer deg til å handle for %(company)s i Runde.") % facts,
            _("Du kan: %(what)s.") % {"what": scope_text(invitation.scope).lower()},
            _("Åpne lenken og svar innen %(day)s:") % facts,
            link_address(token),
            _("Lenken er personlig. Ikke send den videre."),
            _("Kjenner du ikke %(name)s? Da kan du se bort fra e-posten.") % facts,
        ]
        subject = _("Invitasjon: handle for %(company)s") % facts
        _post(
            f"invitation:{invitation.id}",
            subject,
            lines,
            language,
            "invitation",
            invitation,
            invitation.email,
            at,
        )


def tell_about_request(
    request: ActingRequest, company: str, signers: Sequence[Person], caretaker: Organisation, *, at: datetime
) -> None:
    """To those in the company who may answer; to the municipality while nobody may."""
    facts = {"name": request.person.name, "company": company, "role": request.role}
    if signers:
        address = settings.SITE + reverse("consider_acting", args=[request.organisation_number, request.id])
        readers = [(person.email, person.language) for person in signers]
    else:
        address = settings.SITE + reverse("vouch", args=[caretaker.slug, request.id])
        readers = [(caretaker.contact_email, "nb")] if caretaker.contact_email else []
    for email, language in readers:
        with override(language):
            lines = [
                _("%(name)s ber om å få handle for %(company)s, som %(role)s.") % facts,
                *([f"«{request.message}»"] if request.message else []),
                _("Logg inn og svar ja eller nei:"),
                address,
                _("Svar nei hvis du ikke kjenner til dette."),
            ]
            subject = _("%(name)s vil handle for %(company)s") % facts
            _post(
                f"request:{request.id}:{email}",
                subject,
                lines,
                language,
                "acting_request",
                request,
                email,
                at,
            )


def tell_answer(request: ActingRequest, company: str, *, at: datetime) -> None:
    """To the one who asked."""
    person = request.person
    with override(person.language):
        facts = {"company": company}
        if request.answer == ActingRequest.Answer.APPROVED:
            subject = _("Du kan nå handle for %(company)s") % facts
            lines = [subject + ".", _("Du kan: %(what)s.") % {"what": scope_text(request.scope).lower()}]
        else:
            subject = _("Du fikk nei til å handle for %(company)s") % facts
            lines = [subject + ".", _("Grunn: %(reason)s") % {"reason": request.reason}]
        lines.append(settings.SITE + reverse("companies"))
        key = f"request:{request.id}:answer"
        _post(key, subject, lines, person.language, "acting_request", request, person.email, at)


def tell_accepted(invitation: Invitation, company: str, *, at: datetime) -> None:
    """To the one who invited, whatever the answer was."""
    inviter = invitation.invited_by
    with override(inviter.language):
        facts = {"email": invitation.email, "company": company}
        said_yes = invitation.answer == Invitation.Answer.ACCEPTED
        subject = (
            _("%(email)s handler nå for %(company)s")
            if said_yes
            else _("%(email)s takket nei til å handle for %(company)s")
        )
        lines = [
            subject % facts + ".",
            settings.SITE + reverse("company_people", args=[invitation.organisation_number]),
        ]
        key = f"invitation:{invitation.id}:answer"
        _post(key, subject % facts, lines, inviter.language, "invitation", invitation, inviter.email, at)


def tell_ended(mandate: Mandate, company: str, by_name: str, *, at: datetime) -> None:
    """To the one whose role ended."""
    person = mandate.person
    with override(person.language):
        facts = {"company": company, "by": by_name}
        subject = _("Rollen din i %(company)s er avsluttet") % facts
        lines = [
            _("%(by)s har avsluttet rollen din i %(company)s.") % facts,
            _("Er det feil? Ta kontakt med virksomheten."),
        ]
        _post(
            f"mandate:{mandate.id}:ended",
            subject,
            lines,
            person.language,
            "mandate",
            mandate,
            person.email,
            at,
        )


def _post(
    key: str,
    subject: str,
    lines: Sequence[str],
    language: str,
    kind: str,
    about: Invitation | ActingRequest | Mandate,
    email: str,
    at: datetime,
) -> None:
    outgoing = Outgoing(
        key=key,
        language=language,
        subject=subject,
        body="\n\n".join(lines),
        subject_kind=kind,
        subject_id=about.id,
        email=email,
    )
    queue_notices([outgoing], at=at)
