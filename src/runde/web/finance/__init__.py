"""Pages for those who pay: what is owed, batches, the file to the bank, the three totals."""
