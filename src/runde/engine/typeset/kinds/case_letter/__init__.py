"""A letter in a case that is no decision: that an answer takes time, and every letter about an appeal."""
