"""Letters as PDF/A-2a and PDF/UA-1. Other rooms use `runde.engine.typeset.api`."""
