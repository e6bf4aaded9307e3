"""Pages for those who design schemes: list and shelf, draft with live figures, publishing, versions."""
