"""A letter without a fixed form: the caller hands in the blocks."""
