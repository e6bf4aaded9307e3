from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from threading import Lock

from runde.engine.whatif import Reach, Register, open_register
from runde.foundation.companies.api import register_extract

from ..domain.content import Content, design_of

_KEPT = 2
"""The newest extract, and the one before it while somebody still asks it."""
_opened: OrderedDict[Path, Register] = OrderedDict()
_lock = Lock()


def reach_of(content: Content, on: date, municipalities: Sequence[str] = ()) -> Reach:
    """Whom the content reaches and what it costs, in the register as last imported; () is the whole register.

    A draft that does not say how many will apply is reckoned as if all who can get support apply.
    Raises RuleError listing every problem; NoRegister when no register has been read in.
    """
    return register_now().reach(design_of(content), on, municipalities)


def register_now() -> Register:
    """The register as last imported, opened once for each extract in each process. Raises NoRegister."""
    try:
        return _open(register_extract().path)
    except FileNotFoundError:
        # Newer imports came between, and took the extract away before we had opened it.
        return _open(register_extract().path)


def _open(path: Path) -> Register:
    with _lock:
        found = _opened.get(path)
        if found is None:
            found = _opened[path] = open_register(path)
        _opened.move_to_end(path)
        forgotten = _opened.popitem(last=False)[1] if len(_opened) > _KEPT else None
    if forgotten is not None:
        forgotten.close()
    return found
