"""Pages for those who apply: the form, the receipt, where the case is."""
