"""What an officer says when a yellow case is granted all the same."""

from __future__ import annotations

from runde.grants.casework.api import Deviation

PAST = (Deviation("revenue_drop", "beyond_control", "Stengt av kommunen i mai."),)
