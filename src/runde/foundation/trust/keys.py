"""Idempotency: the same request twice has one effect and one answer, for ever.

Four cases: a new key does the work; the same key with the same body gets the stored answer; the same key with
another body is refused; a key whose first request is still at work waits for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from .errors import Conflict
from .fence import current_tenant
from .locks import hold
from .models import IdempotencyKey

Result = dict[str, Any]


def once(
    *, operation: str, key: str, body: Mapping[str, Any], at: datetime, work: Callable[[], Result]
) -> Result:
    """Do `work` the first time this key is seen in this tenant; give its stored result each later time.

    Call inside a fence: key, result and effects are committed together or not at all.
    """
    print_now = fingerprint(body)
    hold("idempotency", [f"{operation}:{key}"])
    known = IdempotencyKey.objects.filter(operation=operation, key=key).first()
    if known is None:
        result = work()
        IdempotencyKey.objects.create(
            operation=operation, key=key, fingerprint=print_now, result=result, made_at=at
        )
        return result
    if bytes(known.fingerprint) != print_now:
        raise Conflict(
            "Denne handlingen er allerede utført med et annet innhold. Last siden på nytt og se hva som ble gjort."
        )
    return dict(known.result)


def fingerprint(body: Mapping[str, Any]) -> bytes:
    """A digest of the request's content, independent of key order."""
    tenant = str(current_tenant())
    text = json.dumps([tenant, body], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).digest()
