"""Accounts: allauth's pages in our frame and our words."""
