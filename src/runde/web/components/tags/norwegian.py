"""Amounts, shares and dates as filters, in the page's language. The forms belong to the engine."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from runde.engine.reference import api as reference
from runde.engine.reference.languages import LANGUAGES, Language

register = template.Library()


def page_language() -> Language:
    """The language of the page being made; bokmål when it is none of ours."""
    code = get_language()
    return code if code in LANGUAGES else "nb"


@register.filter
def number(value: Decimal | int, decimals: int = 0) -> str:
    """117400 -> "117 400"."""
    return reference.number_text(value, page_language(), decimals)


@register.filter
def kroner(amount_nok: Decimal | int) -> str:
    """117400 -> "117 400 kroner", in running text."""
    return reference.amount_text(amount_nok, page_language())


@register.filter
def table_kroner(amount_nok: Decimal | int) -> str:
    """117400 -> "117 400 kr", only in tables without the unit in the head."""
    return reference.table_amount_text(amount_nok, page_language())


@register.filter
def share(fraction: Decimal, decimals: int = 1) -> str:
    """0.264 -> "26,4 prosent"."""
    return reference.share_text(fraction, page_language(), decimals=decimals)


@register.filter
def points(fraction: Decimal) -> str:
    """0.036 -> "3,6 prosentpoeng"."""
    return reference.points_text(fraction, page_language())


@register.filter
def long_date(value: date) -> str:
    """ "14. desember 2026", in Norwegian time."""
    return reference.date_text(norwegian_day(value), page_language())


@register.filter
def weekday_date(value: date) -> str:
    """ "mandag 14. desember 2026"."""
    return reference.weekday_date_text(norwegian_day(value), page_language())


@register.filter
def clock(value: datetime) -> str:
    """ "kl. 14.15", in Norwegian time."""
    return reference.time_text(timezone.localtime(value), page_language())


@register.filter
def moment(value: datetime) -> str:
    """ "mandag 14. desember 2026 kl. 23.59": deadlines carry weekday and time."""
    return reference.moment_text(timezone.localtime(value), page_language())


def norwegian_day(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value
