"""Dividing the money of a call among those who are to have some, each way with its effect."""
