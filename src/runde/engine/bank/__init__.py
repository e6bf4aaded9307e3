"""ISO 20022 messages to and from the bank. Other rooms use `runde.engine.bank.api`."""
