"""Calls: the municipality's side of inviting companies to apply."""
