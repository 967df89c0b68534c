# Everything Lanai can do from a fresh clone. `make` alone lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help

# The first Python that will do; PYTHON=/path/to/python3 names another.
PYTHON ?= $(or $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$name scripts/check_python.py >/dev/null 2>&1; then echo $$name; break; fi; done),python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help run run-lan check test test-network lint types protocol map messages e2e js bench screenshots secrets clean

help: ## This list
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | expand -t 14

run: $(VENV)/.installed ## Run Lanai on http://localhost:8000 (HOST and PORT change that)
	@$(BIN)/python manage.py prepare
	@exec $(BIN)/python manage.py serve

run-lan: $(VENV)/.installed ## Run it over https for phones and friends in the same network
	@exec $(BIN)/python manage.py lan

check: $(VENV)/.installed-dev node_modules/.installed ## The quick round before a commit: everything but browsers and outages
	@scripts/run_tests.sh quick

test: $(VENV)/.installed-dev ## Install what the tests need, then run all of them
	@scripts/install_test_deps.sh
	@scripts/run_tests.sh

test-network: $(VENV)/.installed-dev ## Test calls over cut, lossy, slow and guarded networks (root, 12 minutes)
	@scripts/install_test_deps.sh
	@scripts/run_tests.sh networks

lint: $(VENV)/.installed-dev node_modules/.installed ## Check style, common mistakes, and which part imports which
	@scripts/run_tests.sh style

types: $(VENV)/.installed-dev node_modules/.installed ## Check the types of Python and JavaScript
	@scripts/run_tests.sh python-types javascript-types

protocol: $(VENV)/.installed ## Write static/js/protocol.js, docs/protocol.md and docs/limits.md anew from the code
	@$(BIN)/python manage.py render_protocol
	@$(BIN)/python manage.py render_limits

map: $(VENV)/.installed-dev ## Draw the map of the house in docs/architecture.md anew from the imports
	@$(BIN)/python scripts/house_map.py

js: node_modules/.installed ## Test the JavaScript with Node
	@scripts/run_tests.sh javascript

e2e: $(VENV)/.installed-dev ## Test with real browsers and real servers
	@scripts/install_test_deps.sh
	@scripts/run_tests.sh browsers

messages: $(VENV)/.installed-dev ## Bring the translations up to date with the sources (needs gettext)
	@$(BIN)/python manage.py catalogues

bench: $(VENV)/.installed-dev ## Measure speed and memory
	@$(BIN)/python -m tests.bench

screenshots: $(VENV)/.installed-dev ## Take pictures of every screen, into test-results/screenshots
	@$(BIN)/python scripts/screenshots.py

secrets: ## Write .env for docker compose, with fresh secrets
	@$(PYTHON) scripts/make_secrets.py

clean: ## Remove what was built; rooms, accounts and secrets stay
	@rm -rf $(VENV) node_modules var/static .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) scripts/check_python.py
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing what Lanai needs…"
	@$(PIP) install -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing what the tests need…"
	@$(PIP) install -r requirements-dev.txt
	@touch $(VENV)/.installed $@

node_modules/.installed: package.json package-lock.json
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@
