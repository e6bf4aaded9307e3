"""What can be done to schemes, calls and funding sources."""
