"""What can be asked of applications."""
