"""The demo: a made-up region runs a whole support round. Everything goes through the rooms' own doors."""
