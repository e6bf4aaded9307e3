"""A café owner finds the scheme, applies and follows the case."""

from __future__ import annotations

from .region import Region
from .visitors import DESKTOP, VisitorFactory


def test_front(region: Region, visitor: VisitorFactory) -> None:
    kari = visitor(DESKTOP)
    kari.go("/")
    kari.look("front")
