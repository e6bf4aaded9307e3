"""Pure decisions about drafts: what a scheme's content is, how it is changed, compared and written to a file."""
