"""The door to notices: an outbox written with what it tells about, sent afterwards."""

from .models import Notice
from .operations import AddressRefused, Outgoing, call_back, queue_notice, queue_notices, send_due
from .queries import list_notices

__all__ = [
    "AddressRefused",
    "Notice",
    "Outgoing",
    "call_back",
    "list_notices",
    "queue_notice",
    "queue_notices",
    "send_due",
]
