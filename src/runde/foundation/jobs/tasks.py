"""What the worker does by itself."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from .stalled import sweep_stalled


@app.periodic(cron="* * * * *")
@app.task(name="jobs.sweep_stalled", queueing_lock="jobs.sweep_stalled")
def sweep(timestamp: int) -> None:
    """Every minute: take up what killed workers left. The launcher calls `sweep_stalled` too, lest this stall."""
    sweep_stalled(at=datetime.now(UTC))
