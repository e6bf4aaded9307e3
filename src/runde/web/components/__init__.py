"""The parts every page is built from: README.md has snippets, the gallery shows them all."""
