"""Words that must be the same on every page: statuses, audiences, verdicts."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The applicant's words, at most seven; the officer's finer states stand behind them.
STATUS_TAGS: dict[str, tuple[str | Promise, str]] = {
    "draft": (_("Kladd"), "plain"),
    "submitted": (_("Sendt inn"), "info"),
    "question": (_("Vi trenger svar fra deg"), "warning"),
    "in_progress": (_("Under behandling"), "info"),
    "decided": (_("Vedtak er fattet"), "info"),
    "granted": (_("Innvilget"), "success"),
    "partly_granted": (_("Delvis innvilget"), "success"),
    "refused": (_("Avslag"), "neutral"),
    "paying": (_("Utbetales"), "info"),
    "paid": (_("Utbetalt"), "plain"),
    "closed": (_("Avsluttet"), "plain"),
    "withdrawn": (_("Trukket"), "plain"),
}

# Languages by their own names, as their speakers look for them.
LANGUAGE_NAMES: dict[str, str] = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}

AUDIENCES: dict[str, tuple[str, str | Promise]] = {
    "applicant": ("Eye", _("Søker ser dette")),
    "internal": ("EyeSlash", _("Bare internt")),
    "exempt": ("PadlockLocked", _("Unntatt offentlighet")),
}

VERDICTS: dict[str, tuple[str, str | Promise]] = {
    "met": ("CheckmarkCircle", _("Oppfylt")),
    "unmet": ("XMarkOctagon", _("Ikke oppfylt")),
    "unknown": ("QuestionmarkCircle", _("Mangler svar")),
}

TASK_STATES: dict[str, tuple[str | Promise, str]] = {
    "done": (_("Ferdig"), "plain"),
    "started": (_("Påbegynt"), "info"),
    "waiting": (_("Ikke begynt"), "neutral"),
}

WHENS: dict[str, str | Promise] = {"done": _("Ferdig"), "now": _("Nå"), "later": _("Senere")}

EMPTY_ICONS: dict[str, str] = {
    "not_yet": "Inbox",
    "no_match": "MagnifyingGlass",
    "done": "CheckmarkCircle",
    "unavailable": "ExclamationmarkTriangle",
}
