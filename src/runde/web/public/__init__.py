"""Pages for everybody: the front page, what a company may get, open calls, and how we work."""
