from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from runde.foundation.documents.api import standing_keys
from runde.foundation.jobs.api import Job, defer_in_transaction

from ..models import Decision
from .receipts import missing_receipts, queue_receipts
from .tell_appellants import missing_interim_replies, queue_interim_replies
from .waiting_letters import missing_waiting_letters, queue_waiting_letters
from .write_letters import letter_key

LETTERS_IN_A_JOB = 50
USUALLY_WRITTEN_BY = timedelta(minutes=10)
LOOK_BACK = timedelta(days=30)


def queue_letters(decision_ids: Sequence[UUID], at: datetime) -> None:
    """Put the writing of letters in the queue, as part of the open transaction."""
    ids = [str(one) for one in decision_ids]
    batches = [ids[start : start + LETTERS_IN_A_JOB] for start in range(0, len(ids), LETTERS_IN_A_JOB)]
    defer_in_transaction(
        [Job("casework.write_letters", {"decision_ids": batch, "at": at.isoformat()}) for batch in batches]
    )


def queue_missing_letters(at: datetime) -> int:
    """Ask again for the letters of decisions, provisional replies and appeals that should have had one by now.

    Gives how many. A job whose workers were killed again and again is given up, and a decision must not stand without
    its letter.
    """
    since, until = at - LOOK_BACK, at - USUALLY_WRITTEN_BY
    replies, receipts = missing_waiting_letters(since, until), missing_receipts(since, until)
    interims = missing_interim_replies(since, until)
    queue_waiting_letters(replies, at)
    queue_receipts(receipts, at)
    queue_interim_replies(interims, at)
    return _queue_missing_decisions(since, until, at) + len(replies) + len(receipts) + len(interims)


def _queue_missing_decisions(since: datetime, until: datetime, at: datetime) -> int:
    decided = Decision.objects.filter(decided_at__range=(since, until))
    ids = list(decided.values_list("id", flat=True))
    standing = standing_keys([letter_key(one) for one in ids])
    missing = [one for one in ids if letter_key(one) not in standing]
    queue_letters(missing, at)
    return len(missing)
