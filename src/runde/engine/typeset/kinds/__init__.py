"""One folder per kind of letter: a template, its texts in three languages, and how it is composed."""
