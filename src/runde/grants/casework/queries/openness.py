from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from ..domain.openness import Openness
from ..models import OpennessMark


def openness_of(case_ids: Collection[UUID], *, at: datetime) -> dict[UUID, Openness]:
    """What is public and exempt in each case at a moment, by the marks made until then. One statement."""
    found: dict[UUID, list[OpennessMark]] = defaultdict(list)
    marks = OpennessMark.objects.filter(case_id__in=case_ids, marked_at__lte=at)
    for mark in marks.order_by("number"):
        found[mark.case_id].append(mark)
    today = timezone.localdate(at)
    return {case_id: Openness.of(found[case_id], today) for case_id in case_ids}
