"""What is kept about people: told to everybody, shown to each, taken along and erased."""
