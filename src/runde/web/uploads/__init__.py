"""Files people hand in: taken whole or in parts, listed at their question, opened and removed."""
