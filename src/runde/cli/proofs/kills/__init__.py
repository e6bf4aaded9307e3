"""Kills: processes and the database die while rounds run. Nothing acknowledged is lost, nothing is done twice."""

from .proof import KILLS

__all__ = ["KILLS"]
