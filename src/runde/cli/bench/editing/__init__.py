"""How fast the page answers an adviser who edits a scheme, with the whole country behind the figures."""
