"""The same letters once more by the typesetter alone: nothing read, nothing checked, nothing kept.

What the whole round took is held against this. Each letter is one plain call of the library, with the same template,
the same content and the same archive standards, as many at a time as there are processors.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import typst
from django.conf import settings

from runde.engine.typeset.api import ROOM, STANDARDS, TypstSource, typst_source
from runde.foundation.trust.api import fence
from runde.grants.casework.api import decision_letter, latest_decisions, list_cases

from .round import Round

AT_A_TIME = 500


def bare_seconds(rounds: Sequence[Round]) -> float:
    """How long typst needs for every letter of the round. Gathering what the letters say is not counted."""
    seconds = 0.0
    sources = (source for one in rounds for source in _sources(one))
    with ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="typst") as pool:
        while some := list(islice(sources, AT_A_TIME)):
            started = time.perf_counter()
            list(pool.map(_set, some))
            seconds += time.perf_counter() - started
    return seconds


def _sources(one: Round) -> Iterator[TypstSource]:
    with fence(one.tenant_id):
        ids = [case.id for case in list_cases(one.setting.call.id)]
        for start in range(0, len(ids), AT_A_TIME):
            found = latest_decisions(ids[start : start + AT_A_TIME], with_snapshot=True)
            yield from (typst_source(decision_letter(decision)) for decision in found.values())


def _set(source: TypstSource) -> bytes:
    fonts: Path = settings.FONT_DIRECTORY
    made: bytes = typst.compile(
        str(ROOM / source.template),
        root=str(ROOM),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=source.inputs,
        pdf_standards=STANDARDS,
        timestamp=source.timestamp,
    )
    return made
