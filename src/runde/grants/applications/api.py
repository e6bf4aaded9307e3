"""The door to applications."""

from .models import Application

__all__ = ["Application"]
