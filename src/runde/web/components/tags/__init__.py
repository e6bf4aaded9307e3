"""Template tags by subject; templatetags/components.py offers them all under one name."""
