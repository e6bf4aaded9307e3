"""`runde bench`: how fast the house is, measured side by side with the plainest way to do the same."""
