"""Every part on one page, and sample pages for each layout, with made-up people and companies."""

from .views import gallery

__all__ = ["gallery"]
