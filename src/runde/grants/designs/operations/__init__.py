"""What can be done to drafts and to the shelf."""
