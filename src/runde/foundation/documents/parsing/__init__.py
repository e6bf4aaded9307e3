"""Reading what strangers send, in a child process that can do nothing else. Imports nothing of the site."""
