"""Letters about a case that decide nothing by themselves."""
