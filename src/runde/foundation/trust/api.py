"""The door to the ground: fences, locks, idempotency keys, limits and refusals."""

from .errors import Conflict, FenceCrossed, NotAllowed, NoTenant, NotFound, Refused
from .fence import current_tenant, fence, fence_of
from .ids import new_id
from .keys import once
from .limits import TooMany, take
from .locks import hold, next_numbers
from .models import Fenced, FencedManager
from .roles import TooPowerful, refuse_powerful_role
from .storing import insert_rows, rows_as_json

__all__ = [
    "Conflict",
    "FenceCrossed",
    "Fenced",
    "FencedManager",
    "NoTenant",
    "NotAllowed",
    "NotFound",
    "Refused",
    "TooMany",
    "TooPowerful",
    "current_tenant",
    "fence",
    "fence_of",
    "hold",
    "insert_rows",
    "new_id",
    "next_numbers",
    "once",
    "refuse_powerful_role",
    "rows_as_json",
    "take",
]
