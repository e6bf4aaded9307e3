"""Whom a draft reaches and what it costs: the panel beside it, two drafts side by side, the council's paper."""
