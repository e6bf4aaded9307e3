"""The door to schemes, calls and their money."""

from .models import Announcement, Call, CallFunding, FundingSource, Scheme, SchemeVersion

__all__ = ["Announcement", "Call", "CallFunding", "FundingSource", "Scheme", "SchemeVersion"]
