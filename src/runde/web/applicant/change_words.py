"""What came before the decision and what it waits for, in plain words: for the situation and the way of the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from runde.engine.reference.api import Language, amount_text, weekday_date_text
from runde.grants.casework.api import ToldChange

Teller = Callable[[], str]


def change_words(change: ToldChange, amount_nok: Decimal | None, language: Language) -> str:
    """What the newest decision did to the one before it, with both sums; empty for a first decision."""
    teller = TELLERS.get(change.told)
    if teller is None:
        return ""
    before, amount = change.before_nok or Decimal(0), amount_nok or Decimal(0)
    return teller() % {
        "before": amount_text(before, language),
        "amount": amount_text(amount, language),
        "difference": amount_text(abs(amount - before), language),
    }


def _topped_up() -> str:
    return _(
        "Dere fikk først %(before)s. Så fikk kommunen mer penger. "
        "Nå får dere %(difference)s til, altså %(amount)s til sammen. Vi betaler bare det dere ikke har fått før."
    )


def _raised() -> str:
    return _(
        "Kommunen har endret vedtaket. Dere fikk først %(before)s. "
        "Nå får dere %(difference)s mer, altså %(amount)s til sammen. Vi betaler bare det dere ikke har fått før."
    )


def _lowered() -> str:
    return _(
        "Kommunen har endret vedtaket. Dere fikk først %(before)s. "
        "Nå får dere %(difference)s mindre, altså %(amount)s til sammen."
    )


def _effective() -> str:
    return _("Pengene er vedtatt. Derfor får dere hele beløpet i det betingede vedtaket.")


def _scaled() -> str:
    return _("Det ble vedtatt mindre penger enn ventet. Derfor får dere %(amount)s i stedet for %(before)s.")


def _below_lowest() -> str:
    return _(
        "Det ble vedtatt mindre penger enn ventet. Deres del ble for liten til å bli delt ut. "
        "Derfor faller det betingede vedtaket på %(before)s bort."
    )


def _lapsed() -> str:
    return _("Pengene ble ikke vedtatt. Derfor faller det betingede vedtaket på %(before)s bort.")


def _reserve() -> str:
    return _("Dere sto på reservelista. Nå er det penger igjen, og det ble deres tur.")


TELLERS: dict[str, Teller] = {
    "topped_up": _topped_up,
    "raised": _raised,
    "lowered": _lowered,
    "effective": _effective,
    "scaled": _scaled,
    "below_lowest": _below_lowest,
    "lapsed": _lapsed,
    "reserve": _reserve,
}


def waiting_words(change: ToldChange, language: Language, today: date) -> str:
    """What a conditional grant depends on, and when that should be decided."""
    source = {"source": change.waits_for}
    depends = _("Pengene skal komme fra %(source)s, men de er ikke vedtatt ennå.") % source
    return f"{depends} {_expected(change.expected_date, language, today)}"


def _expected(day: date | None, language: Language, today: date) -> str:
    if day is None:
        return _("Vi vet ikke ennå når det blir bestemt.")
    facts = {"day": weekday_date_text(day, language)}
    if today > day:
        return _("Vi regnet med at det ble bestemt %(day)s, men det er ikke avgjort ennå.") % facts
    return _("Vi regner med at det blir bestemt %(day)s.") % facts


def line_words(change: ToldChange, language: Language) -> str:
    """The place on the reserve list and what it means; empty for who has none."""
    found = change.in_line
    if found is None:
        return ""
    facts = {"place": found.place, "amount": amount_text(found.amount_nok, language)}
    if found.is_up:
        return (
            _("Dere står på reservelista. Nå er det penger igjen til %(amount)s, og vi lager et nytt vedtak.")
            % facts
        )
    place = _("Dere er nummer %(place)s på reservelista, for %(amount)s.") % facts
    return f"{place} {_('Får kommunen penger tilbake, går de til den som står øverst. Da får dere et nytt brev.')}"


def final_words(change: ToldChange) -> str:
    """That the appeal body has had the last word, with its reference; empty for a decision that can be appealed."""
    if not change.is_final:
        return ""
    if not change.body_reference:
        return _("Klageinstansen har avgjort klagen, og vedtaket er endelig.")
    return _("Klageinstansen har avgjort klagen i sak %(number)s, og vedtaket er endelig.") % {
        "number": change.body_reference
    }
