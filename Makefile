.DEFAULT_GOAL := help
VENV := .venv
PYTHON ?= python3.11
BIN := $(VENV)/bin
# Tests keep their databases in memory where there is room: a disk that is busy with something else doesn't hold them up.
IN_MEMORY := $(shell [ "$$(df --output=avail /dev/shm 2>/dev/null | tail -1)" -gt 2000000 ] 2>/dev/null && echo TMPDIR=/dev/shm)

.PHONY: help setup run test lint types contracts docs faults soak pictures bench reference lock

help:           ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(VENV)/.ready  ## a virtual environment with everything pinned

run: setup      ## with tokens in .env the bot; without, a local Slack with the bot in your browser (SCENE=busy-monday)
	@if [ -n "$$SLACK_BOT_TOKEN" ] || grep -qsE '^SLACK_BOT_TOKEN=.+' .env; then $(BIN)/caseclock run; \
	else $(BIN)/python -m workspace; fi

test: setup     ## every test
	$(IN_MEMORY) $(BIN)/pytest -n 4 --dist worksteal -q

faults: setup   ## every run of every fault in tests/faults: takes hours; `make test` has a share of each
	$(IN_MEMORY) $(BIN)/pytest -n 2 --dist worksteal -q -m "not soak" tests/faults

soak: setup     ## half an hour at 20 events a second with faults on, on PostgreSQL (SOAK_MINUTES=10 for less, ON=sqlite)
	$(IN_MEMORY) $(BIN)/pytest -q -s -m soak -k "$(or $(ON),postgresql)" tests/faults/test_soak.py

lint: setup     ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup    ## mypy strict
	$(BIN)/mypy

contracts: setup  ## which folder may import which
	$(BIN)/lint-imports

docs: setup     ## the documentation as a site, into site/; a broken link fails
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

pictures: setup ## the pictures in docs/pictures, taken anew (needs Chromium)
	PICTURES=1 $(BIN)/pytest tests/browser/test_pictures.py -q

.bench/.ready: benchmarks/peers/requirements.txt
	$(PYTHON) -m venv .bench
	.bench/bin/pip install --quiet --disable-pip-version-check -r benchmarks/peers/requirements.txt
	@touch $@

bench: setup .bench/.ready  ## measured beside others, into benchmarks/RESULTS.md (ROW=deadlines for one, JSON=1 to print JSON)
	@$(BIN)/python -m benchmarks $(ROW) $(if $(JSON),--json)

reference: setup  ## docs/reference, from the settings and the commands
	$(BIN)/python -m bot.reference

lock:           ## pin the newest versions that pyproject.toml allows
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --all-extras --group dev pyproject.toml -o requirements.lock --upgrade
