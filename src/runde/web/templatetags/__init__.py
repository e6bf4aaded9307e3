"""Template libraries of the pages that are not parts of the design system."""
