"""Races: eight processes want the same thing at the same time. Nothing is used twice, and one presses first."""

from .proof import RACES

__all__ = ["RACES"]
