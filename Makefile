.DEFAULT_GOAL := help
VENV := .venv
PYTHON ?= python3.11
BIN := $(VENV)/bin

.PHONY: help setup run test lint types contracts lock

help:           ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(VENV)/.ready  ## a virtual environment with everything pinned

run: setup      ## with tokens in .env the bot; without, a day of it in the local workspace
	@if [ -n "$$SLACK_BOT_TOKEN" ] || grep -qsE '^SLACK_BOT_TOKEN=.+' .env; then $(BIN)/caseclock run; \
	else $(BIN)/python -m workspace demo; fi

test: setup     ## every test
	$(BIN)/pytest -n 4 --dist worksteal -q

lint: setup     ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup    ## mypy strict
	$(BIN)/mypy

contracts: setup  ## which folder may import which
	$(BIN)/lint-imports

lock:           ## pin the newest versions that pyproject.toml allows
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --all-extras --group dev pyproject.toml -o requirements.lock --upgrade
