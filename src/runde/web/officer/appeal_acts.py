"""What an officer may do with an appeal: each act with its words, what it asks and what its press does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict

from runde.grants.casework.api import (
    AppealEvent,
    AppealPage,
    dismiss_appeal,
    forward_appeal,
    give_back_appeal,
    go_on_with_appeal,
    reinstate_appeal,
    take_appeal,
)
from runde.web.components.fields import Field
from runde.web.entrance import Request
from runde.web.officer.appeal_asked import (
    ask_after_body,
    ask_correction,
    ask_hear,
    ask_nothing,
    ask_outcome,
    ask_set_aside,
    ask_uphold,
    ask_wait,
    ask_words,
    press_after_body,
    press_correction,
    press_hear,
    press_outcome,
    press_plain,
    press_set_aside,
    press_uphold,
    press_wait,
    press_with_words,
)
from runde.web.officer.appeal_fields import words_field

E = AppealEvent


@dataclass(frozen=True)
class Act:
    """`event` is its row in the table, empty for what is beside it; `text` the button, `link` the way to its page."""

    slug: str
    event: AppealEvent | None
    link: str
    h1: str
    text: str
    done: str
    fields: Callable[[AppealPage, QueryDict], list[Field]]
    press: Callable[[Request, AppealPage, QueryDict], object]
    main_field: str = "words"


ACTS: tuple[Act, ...] = (
    Act(
        "ta",
        E.TAKE,
        "Ta klagen",
        "Vil du se på saken på nytt?",
        "Ta klagen",
        "Klagen er din.",
        ask_nothing,
        press_plain(take_appeal),
    ),
    Act(
        "behandle",
        E.HEAR,
        "Behandle klagen likevel",
        "Behandle klagen selv om den kom etter fristen",
        "Behandle klagen",
        "Klagen behandles. Søkeren har fått beskjed.",
        ask_hear,
        press_hear,
    ),
    Act(
        "medhold",
        E.UPHOLD,
        "Endre vedtaket",
        "Foreslå et nytt vedtak",
        "Send til godkjenning",
        "Det nye vedtaket er sendt til godkjenning.",
        ask_uphold,
        press_uphold,
    ),
    Act(
        "send-videre",
        E.FORWARD,
        "Send klagen videre",
        "Send klagen til klageinstansen",
        "Send klagen videre",
        "Klagen er sendt videre. Søkeren har fått kopi.",
        ask_words(
            "Kommunens syn på klagen",
            "Svar på hvert punkt i klagen. Klageinstansen og søkeren får samme tekst.",
        ),
        press_with_words(forward_appeal, "statement"),
    ),
    Act(
        "utfall",
        None,
        "Registrer hva klageinstansen har bestemt",
        "Registrer klageinstansens avgjørelse",
        "Registrer avgjørelsen",
        "Avgjørelsen er registrert. Søkeren har fått beskjed.",
        ask_outcome,
        press_outcome,
    ),
    Act(
        "nytt-vedtak",
        E.PROPOSE,
        "Før det nye vedtaket",
        "Foreslå vedtaket som følger av klagen",
        "Send til godkjenning",
        "Det nye vedtaket er sendt til godkjenning.",
        ask_after_body,
        press_after_body,
        "reason",
    ),
    Act(
        "rett",
        E.ASK_CORRECTION,
        "Be søkeren rette klagen",
        "Be søkeren rette klagen",
        "Send til søkeren",
        "Søkeren er bedt om å rette klagen.",
        ask_correction,
        press_correction,
    ),
    Act(
        "ga-videre",
        None,
        "Behandle klagen videre",
        "Behandle klagen slik den er",
        "Behandle videre",
        "Klagen behandles videre.",
        ask_nothing,
        press_plain(go_on_with_appeal),
    ),
    Act(
        "avvis",
        E.DISMISS,
        "Avvis klagen",
        "Avvis klagen",
        "Avvis klagen",
        "Klagen er avvist. Søkeren har fått brev.",
        ask_words("Hvorfor blir klagen ikke behandlet?", "Søkeren får teksten i brev."),
        press_with_words(dismiss_appeal),
    ),
    Act(
        "ta-opp-igjen",
        E.REINSTATE,
        "Ta opp klagen igjen",
        "Ta opp igjen en avvist klage (oppfriskning)",
        "Ta opp klagen",
        "Klagen behandles likevel. Søkeren har fått beskjed.",
        lambda page, posted: [words_field("Hvorfor tas klagen opp igjen?", posted, audience="internal")],
        press_with_words(reinstate_appeal),
    ),
    Act(
        "gi-fra-deg",
        E.GIVE_BACK,
        "La en annen ta klagen",
        "La en annen ta klagen",
        "Legg klagen tilbake",
        "Klagen venter på en annen.",
        ask_nothing,
        press_plain(give_back_appeal),
    ),
    Act(
        "vent",
        None,
        "Vent med vedtaket, eller ikke",
        "Skal vedtaket vente på klagen?",
        "Send svaret",
        "Søkeren har fått svar.",
        ask_wait,
        press_wait,
    ),
    Act(
        "sett-av",
        None,
        "Endre hva som er satt av",
        "Sett av penger til klagen",
        "Sett av",
        "Beløpet er satt av.",
        ask_set_aside,
        press_set_aside,
        "amount",
    ),
)
BY_SLUG = {one.slug: one for one in ACTS}
BODYS = frozenset({E.BODY_KEPT, E.BODY_CHANGED, E.BODY_ANNULLED, E.BODY_DISMISSED})
FORWARD_ONLY_CONTESTED = "late"


def acts_for(page: AppealPage) -> list[Act]:
    """What may be done now, the likeliest first."""
    if not page.may_act:
        return []
    return [one for one in ACTS if _fits(one, page)]


def _fits(act: Act, page: AppealPage) -> bool:
    events = set(page.events)
    if act.slug == "utfall":
        return bool(events & BODYS)
    if act.slug == "ga-videre":
        return bool(events & {E.GO_ON, E.KEEP_GOING})
    if act.slug == "vent":
        return page.appeal.settled_at is None and (
            page.suspension is None or page.suspension.answered_at is None
        )
    if act.slug == "sett-av":
        return page.appeal.settled_at is None
    if act.event is E.FORWARD and page.appeal.state == FORWARD_ONLY_CONTESTED:
        return page.appeal.is_contested
    return act.event in events
