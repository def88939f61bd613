# Two commands are enough: `make up` and `make test`. The rest is for convenience.
# Needed: Python 3.11 or newer (another name: make up PYTHON=python3.12) and make.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.DEFAULT_GOAL := help
.PHONY: help up down status logs demo doctor reset seed test faults payments bench docs lint format types imports env temporal

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

up: $(READY) ## start everything and return when it answers
	@$(BIN)/redress up

down: $(READY) ## stop everything; the data stays
	@$(BIN)/redress down

status: $(READY) ## one line per process
	@$(BIN)/redress status

logs: $(READY) ## the end of all logs, and what is added
	@$(BIN)/redress logs --follow

demo: $(READY) ## bring it up and play a few cases through the API
	@$(BIN)/redress demo

seed: $(READY) ## print an API key for each role
	@$(BIN)/redress seed

doctor: $(READY) ## say what is missing or wrong, and how to mend it
	@$(BIN)/redress doctor

reset: $(READY) ## delete all cases, histories and keys of this machine (asks first)
	@$(BIN)/redress reset

test: temporal ## run the tests, in two lots beside each other, against real Temporal servers and PostgreSQLs
	@$(BIN)/python -m pytest -n 2 --no-loadscope-reorder

bench: temporal ## measure speed and cost against Temporal alone (some forty minutes, on a quiet machine)
	@$(BIN)/python -m bench $(BENCH)

faults: temporal ## kill the desk a thousand times under load and judge what is left (40 minutes)
	@$(BIN)/python -m tests.faults $(FAULTS)

payments: temporal ## pay 10,000 refunds by a gateway that misbehaves while everything is killed (half an hour)
	@$(BIN)/python -m tests.faults.payments $(PAYMENTS)

docs: $(READY) ## write the generated pages anew: rule book, tables of settings and refusals
	@$(BIN)/python -m docs.make_rule_book && $(BIN)/python -m docs.fill_tables

lint: $(READY) ## style
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: $(READY) ## put the style right
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

types: $(READY) ## types
	@$(BIN)/basedpyright

imports: $(READY) ## imports point down only
	@$(BIN)/lint-imports

temporal: $(READY) ## build the Temporal server, if this user's cache does not hold it
	@$(BIN)/python -m standalone.temporal_build

env: $(READY) ## install the locked packages into .venv

$(READY): pyproject.toml uv.lock standalone/bootstrap.py
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) standalone/bootstrap.py
	@touch $(READY)
