"""Pure decisions about applications: states, facts as values, the seal."""
