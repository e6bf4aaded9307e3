"""Signed links: the door for those who come from a mail and have not signed in."""
