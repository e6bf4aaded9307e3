"""Pure decisions about schemes, calls and their money."""
