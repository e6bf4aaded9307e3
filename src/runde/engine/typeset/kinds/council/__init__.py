"""The paper for the council: a planned scheme, whom it reaches and what it costs."""
