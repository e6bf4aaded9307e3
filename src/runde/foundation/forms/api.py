"""The door to forms."""

from .models import FormVersion

__all__ = ["FormVersion"]
