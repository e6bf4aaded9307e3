"""What applications do when a call is moved to another version of its scheme."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from runde.foundation.people.api import Actor
from runde.grants.schemes.api import Call, call_moved

from .operations.rebase_drafts import rebase_drafts


@receiver(call_moved, dispatch_uid="applications.rebase_drafts")
def follow(*, call: Call, by: Actor, at: datetime, **_: Any) -> None:
    rebase_drafts(call=call, to_version=call.scheme_version, by=by, at=at)
