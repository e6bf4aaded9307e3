"""The independent checker: reads everything again through the read-only role, and imports nothing from the rooms."""
