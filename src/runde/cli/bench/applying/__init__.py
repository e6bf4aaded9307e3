"""What it costs to apply: saving and sending under many at once, and the whole way from start to receipt."""
