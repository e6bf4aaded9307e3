"""What can be done to applications."""
