# Each target sets up what it needs. `make` alone says what there is.

VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready

# The newest tested Python that really runs and can make an environment; `make PYTHON=/path/to/python ...` overrides.
PYENV = $(HOME)/.pyenv/versions
CANDIDATES = $(foreach v,3.13 3.12 3.11,python$(v) $(wildcard $(PYENV)/$(v).*/bin/python)) python3 python /usr/bin/python3
ABLE = import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for each in $(CANDIDATES); do $$each -c '$(ABLE)' >/dev/null 2>&1 && echo $$each && break; done)

.PHONY: help setup demo test check eval format bench pictures lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo      play the sample story: feeds over HTTP on this machine, then status and show"
	@echo "make test      all tests, on SQLite, on a real PostgreSQL and in a real browser"
	@echo "make check     style, types, import contracts and what the documents claim"
	@echo "make eval      precision and recall of reading, by class, on the regression sentences"
	@echo "make format    put the code into the house style"
	@echo "make bench     every benchmark in bench/"
	@echo "make pictures  draw the pictures in docs/ from the demo's real output (needs Chromium)"
	@echo "make lock      pin the dependencies anew (needs uv)"
	@echo "make clean     remove environments, caches and the demo's workspace"

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then \
		echo "No usable Python >= 3.11 was found: install one with its venv module" \
			"(Debian: apt-get install python3-venv), or name it: make PYTHON=/path/to/python3 $(MAKECMDGOALS)"; exit 1; fi
	@echo "Setting up $(VENV) with $$($(PYTHON) --version); this takes a minute, once."
	@if ! $(BIN)/python -c '' 2>/dev/null; then rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); fi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

demo: $(READY)
	@$(BIN)/python -m demo.play

test: $(READY)
	$(BIN)/python -m pytest -n 2

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/test_docs.py

eval: $(READY)
	@$(BIN)/python -m tests.eval.score

format: $(READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(READY)
	@for each in startup store status timeline digest deliver reading report poll; do echo "== $$each"; $(BIN)/python -m bench.$$each || exit 1; done

pictures: $(READY)
	@$(BIN)/python -m demo.pictures docs
	@$(BIN)/python -m demo.screenshots docs

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --extra postgresql --extra pdf --group dev -o requirements.lock

clean:
	rm -rf .venv .venvs .demo dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
