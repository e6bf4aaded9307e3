"""The door to jobs: put work in the queue with the transaction, run what waits, take up what was left behind."""

from . import tasks  # noqa: F401 - registers what the worker does by itself
from .queue import Job, defer_in_transaction, task
from .settled import settle
from .stalled import Swept, sweep_stalled
from .worker import Ran, run_pending, run_worker

__all__ = [
    "Job",
    "Ran",
    "Swept",
    "defer_in_transaction",
    "run_pending",
    "run_worker",
    "settle",
    "sweep_stalled",
    "task",
]
