"""What can be asked of drafts, the shelf and published versions."""
