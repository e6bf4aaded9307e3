"""Jobs: work that waits for the transaction to commit and is done at least once. Other rooms use `api`."""
