"""The door to aid: what every undertaking has a right to, from every municipality, and the room its ceilings leave."""

from .declaring import Said, Told, rule_on_undertaking, withdraw_aid, write_down_aid
from .domain.entries import Entry, euros
from .domain.headroom import Declared, Headroom, largest_nok, window_start
from .domain.undertaking import Tie, Undertaking
from .errors import NoCeiling, NoSuchAid, OddRuling, OverCeiling
from .linking import hold_undertakings, undertakings_of
from .models import AidAward
from .queries import PastAward, list_awards, standing_awards
from .reckoning import Reckoned, Wanted, headroom_for, list_entries, reckon
from .recording import Given, Why, record_awards, reverse_awards
from .registering import AlreadyRegistered, Duty, duty_report, list_duties, mark_registered

__all__ = [
    "AidAward",
    "AlreadyRegistered",
    "Duty",
    "duty_report",
    "list_duties",
    "mark_registered",
    "Declared",
    "Entry",
    "Given",
    "Headroom",
    "NoCeiling",
    "NoSuchAid",
    "OddRuling",
    "OverCeiling",
    "PastAward",
    "Reckoned",
    "Said",
    "Tie",
    "Told",
    "Undertaking",
    "Wanted",
    "Why",
    "euros",
    "headroom_for",
    "hold_undertakings",
    "largest_nok",
    "list_awards",
    "list_entries",
    "reckon",
    "record_awards",
    "reverse_awards",
    "rule_on_undertaking",
    "standing_awards",
    "undertakings_of",
    "window_start",
    "withdraw_aid",
    "write_down_aid",
]
