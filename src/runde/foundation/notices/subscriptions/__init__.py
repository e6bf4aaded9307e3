"""Subscriptions: whoever wants mail on a topic asks, confirms from the mail, and gets out with one press."""
