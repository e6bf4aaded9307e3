"""What can be asked of schemes, calls and funding sources."""
