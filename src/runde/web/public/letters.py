"""What is mailed to those who want to hear of new calls."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from runde.foundation.notices.api import DAYS_TO_CONFIRM, SECRET_MARK, Letter
from runde.grants.schemes.api import Announcement
from runde.web.components.tags.norwegian import moment, page_language
from runde.web.texts import chosen


def absolute(path: str) -> str:
    """The address as it stands in a mail."""
    return f"{settings.SITE}{path}"


def confirm_letter(secret: str, what: str) -> tuple[str, str]:
    """Subject and body of the mail that asks whether the address is the asker's own. `what` is what was asked for."""
    body = _(
        "Noen har bedt om e-post til denne adressen.\n\n"
        "Det gjelder: %(what)s\n\n"
        "Er det deg? Åpne lenken og trykk på knappen:\n%(url)s\n\n"
        "Lenken virker i %(days)s dager. Har du ikke bedt om dette, trenger du ikke gjøre noe. "
        "Da får du ikke flere e-poster."
    )
    url = absolute(reverse("confirm_subscription", args=[secret]))
    return _("Vil du ha e-post om nye ordninger?"), body % {
        "what": what,
        "url": url,
        "days": DAYS_TO_CONFIRM,
    }


def opened_letter(one: Announcement, language: str) -> Letter:
    """That a call has opened, with the way to it and the way out."""
    with translation.override(language):
        name = chosen(one.texts, "name", language)
        end_url = absolute(reverse("end_subscription", args=["-"])).replace("/-/", f"/{SECRET_MARK}/")
        body = _(
            "%(tenant)s har åpnet «%(name)s».\n\n"
            "%(summary)s\n\n"
            "Hvem: %(who)s\nHvor mye: %(how_much)s\nFrist: %(closes)s, norsk tid\n\n"
            "Se ordningen og søk:\n%(url)s\n\n"
            "Vil du ikke ha flere slike e-poster? Åpne lenken og trykk på knappen:\n%(end_url)s"
        )
        fill = {
            "tenant": one.tenant_name,
            "name": name,
            "summary": chosen(one.texts, "summary", language),
            "who": chosen(one.texts, "who", language),
            "how_much": chosen(one.texts, "how_much", language),
            "closes": moment(one.closes_at),
            "url": absolute(reverse("call", args=[one.tenant_slug, one.call_slug])),
            "end_url": end_url,
        }
        subject = _("Nå kan du søke: %(name)s (%(tenant)s)")
        return Letter(subject % fill, body % fill, end_url)


def wanted_text(name: str, call: Announcement | None) -> str:
    """What somebody asks to hear of: one call, one municipality's calls (`name`), or all."""
    if call is not None:
        words = _("når «%(name)s» i %(tenant)s åpner")
        return words % {"name": chosen(call.texts, "name", page_language()), "tenant": call.tenant_name}
    if name:
        return _("nye ordninger i %(name)s") % {"name": name}
    return _("nye ordninger i hele regionen")
