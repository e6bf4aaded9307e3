"""Proofs: programmes that try to break what Runde promises, each with planted faults that it must find.

`runde prove NAME [--n N --seed S --json]`. A proof works on a database server of its own, started for it and
removed after it. The slices in `make test` are the same programmes with a small `n`.
"""
