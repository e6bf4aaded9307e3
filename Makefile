# Two commands matter: `make demo` and `make test`. The rest are parts of them.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test setup setup-dev lint types walls unit journeys bench pictures lock browser

demo: setup
	@exec $(BIN)/runde demo

test: setup-dev browser lint types walls unit

setup:
	@$(PYTHON) tools/setup.py

setup-dev:
	@$(PYTHON) tools/setup.py --dev

browser:
	@$(PYTHON) tools/browser.py

lint: setup-dev
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check . && $(BIN)/djlint --quiet --lint src

types: setup-dev
	@$(BIN)/mypy --no-error-summary

walls: setup-dev
	@$(BIN)/lint-imports --no-cache > .import-walls.log || (cat .import-walls.log; false)

unit: setup-dev
	@$(BIN)/pytest -n auto --dist loadgroup

bench: setup-dev
	@$(BIN)/runde bench

pictures:
	@$(PYTHON) tools/pictures.py

lock:
	@$(BIN)/python tools/lock.py
