# Two commands matter: `make demo` and `make test`. The rest are parts of them.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test setup setup-dev lint types walls unit journeys bench spark java setup-bench setup-spark pictures lock browser

demo: setup
	@exec $(BIN)/runde demo

test: setup-dev browser lint types walls unit

setup:
	@$(PYTHON) tools/setup.py

setup-dev:
	@$(PYTHON) tools/setup.py --dev

setup-bench:
	@$(PYTHON) tools/setup.py --bench

setup-spark:
	@$(PYTHON) tools/setup.py --spark

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

bench: setup-bench
	@$(BIN)/runde bench

# The exported rules on Spark, in a target of its own: half a gigabyte, and Java besides.
spark: java setup-spark
	@RUNDE_PROPERTY_CASES=$${RUNDE_PROPERTY_CASES:-15000} $(BIN)/pytest -n 0 -m spark tests/engine/rules/exporting

java:
	@$(PYTHON) tools/java.py

pictures:
	@$(PYTHON) tools/pictures.py

lock:
	@$(BIN)/python tools/lock.py
