"""Altinn: who may act for which company, asked as the service owner."""
