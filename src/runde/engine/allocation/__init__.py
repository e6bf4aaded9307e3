"""Which funding source carries which award."""
