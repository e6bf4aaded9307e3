"""A call as data for search engines: schema.org in JSON-LD, as a block no browser runs."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from runde.engine.reference.api import Language
from runde.grants.schemes.api import Announcement
from runde.web.texts import chosen

_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Inside JSON these only stand in texts; escaped they cannot end the block or begin another."""


def data_block(facts: dict[str, Any]) -> SafeString:
    text = json.dumps(facts, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def facts_of(one: Announcement, language: Language, *, url: str, apply_url: str) -> dict[str, Any]:
    """The money as a MonetaryGrant, and the way to it as a GovernmentService. Addresses are whole."""
    name, summary = chosen(one.texts, "name", language), chosen(one.texts, "summary", language)
    giver = {"@type": "GovernmentOrganization", "name": one.tenant_name}
    grant = {
        "@type": "MonetaryGrant",
        "@id": f"{url}#grant",
        "name": name,
        "description": summary,
        "funder": giver,
        "url": url,
    }
    if one.highest_amount_nok is not None:
        grant["amount"] = _amount(one)
    service = {
        "@type": "GovernmentService",
        "@id": f"{url}#service",
        "name": name,
        "description": summary,
        "url": url,
        "inLanguage": language,
        "serviceOperator": giver,
        "areaServed": {"@type": "AdministrativeArea", "name": one.tenant_name},
        "audience": {
            "@type": "BusinessAudience",
            "audienceType": chosen(one.texts, "who", language),
        },
        "availableChannel": {
            "@type": "ServiceChannel",
            "serviceUrl": apply_url,
            "availableLanguage": ["nb", "nn", "en"],
        },
        "offers": {
            "@type": "Offer",
            "availabilityStarts": one.opens_at.isoformat(),
            "availabilityEnds": one.closes_at.isoformat(),
            "itemOffered": {"@id": f"{url}#grant"},
        },
    }
    return {"@context": "https://schema.org", "@graph": [grant, service]}


def _amount(one: Announcement) -> dict[str, Any]:
    highest = one.highest_amount_nok
    whole = highest is not None and highest == highest.to_integral_value()
    value = int(highest) if highest is not None and whole else str(highest)
    return {"@type": "MonetaryAmount", "currency": "NOK", "maxValue": value}
