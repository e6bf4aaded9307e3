"""What the web does by the clock. The queue looks for tasks here; each room of the web brings its own."""

from runde.web.public import tasks

__all__ = ["tasks"]
