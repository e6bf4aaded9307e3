"""Dated, sourced figures and codes. Other rooms use `runde.engine.reference.api`."""
