# make demo      builds .venv from the locked requirements and runs the demonstration
# make test      the same with what development needs, and runs the tests
#
# Everything lands in .venv; nothing else on the machine is touched. Say PYTHON=/path/to/python to choose the interpreter.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
TESTS ?= tests
OPTIONS ?=

# The first interpreter that is new enough; a pyenv shim answers to a name and may still have nothing behind it.
define FIND_PYTHON
new_enough() { "$$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }; \
python=''; \
for name in $(if $(PYTHON),"$(PYTHON)",python3 python3.13 python3.12 python3.11 python3.14); do \
	if new_enough "$$name"; then python=$$name; break; fi; \
done; \
if [ -z "$$python" ]; then \
	echo "zmpwatch needs Python 3.11 or newer$(if $(PYTHON),; $(PYTHON) is not,; none was found). Install it (Debian: apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python" >&2; \
	exit 1; \
fi
endef

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | while IFS=$$'\t' read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

$(BIN)/python:
	@$(FIND_PYTHON); \
	if ! "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
		echo "$$python has no module venv. Install it (Debian: apt-get install python3-venv)." >&2; \
		exit 1; \
	fi; \
	echo "making $(VENV) with $$("$$python" --version)"; \
	"$$python" -m venv $(VENV)

# Stamps: a second call finds everything there and starts at once.
$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "installing what zmpwatch needs, as locked in requirements/run.txt (half a minute or so)"
	@$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements/run.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "installing what development needs, as locked in requirements/dev.txt"
	@$(PIP) install --quiet --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@

.PHONY: install dev demo test lint format types check wheel wheel-test lock clean
install: $(VENV)/.run ## build .venv with zmpwatch in it

dev: $(VENV)/.dev ## the same, with what development needs

demo: $(VENV)/.run ## run the demonstration: 373 towns, then 381, and the alert
	@$(BIN)/zmpwatch demo

test: $(VENV)/.dev ## run the tests (TESTS=tests/config for some of them, OPTIONS="-n 2" for pytest's options)
	@$(BIN)/python -m pytest $(OPTIONS) $(TESTS)

lint: $(VENV)/.dev ## ruff: rules and format
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

format: $(VENV)/.dev ## let ruff mend what it can
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

types: $(VENV)/.dev ## mypy, strict
	@$(BIN)/mypy

check: lint types test ## all three

wheel: $(VENV)/.dev ## build dist/*.whl
	@rm -rf dist
	@$(PIP) wheel --quiet --no-deps --no-build-isolation --no-index --wheel-dir dist .
	@ls dist

wheel-test: wheel ## install the wheel into a new environment and try it from an empty folder
	@bash .ci/try-wheel

lock: ## resolve the requirements anew, with hashes (uses a throw-away environment)
	@$(FIND_PYTHON); \
	folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	"$$python" -m venv "$$folder"; \
	"$$folder/bin/python" -m pip install --quiet --disable-pip-version-check uv; \
	compile=("$$folder/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml); \
	"$${compile[@]}" --group build -o requirements/run.txt; \
	"$${compile[@]}" --group dev -c requirements/run.txt -o requirements/dev.txt; \
	grep -cE '^[a-z0-9]' requirements/run.txt requirements/dev.txt

clean: ## remove what was built, but no history
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
