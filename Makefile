# Two commands matter: `make run` and `make test`. Both set up .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: install run demo test lint check bench pictures lock clean

install: $(INSTALLED)

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked packages into $(VENV) (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q core worker tui bot
	@touch $@

# With a terminal the demo keeps its feed page open at the end; without one it asks nothing.
run: $(INSTALLED)
	@if [ -t 0 ] && [ -t 1 ]; then exec $(BIN)/autopost demo --keep-open; else exec $(BIN)/autopost demo; fi

demo: $(INSTALLED)
	@$(BIN)/autopost demo

test: $(INSTALLED)
	@$(BIN)/python -m pytest -n 3 --dist loadfile

lint: $(INSTALLED)
	@$(BIN)/ruff format --check --quiet . || { echo "Run: $(BIN)/ruff format ." >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/pyright
	@$(BIN)/lint-imports --no-cache

check: lint test

bench: $(INSTALLED)
	@$(BIN)/python -m bench

# What a phone shows of the bot's main flows, for docs/telegram.md.
pictures: $(INSTALLED)
	@GALLERY=docs/bot $(BIN)/python -m pytest -q tests/bot/test_gallery.py

# New versions: `pip install uv`, then this. No address of an index may stand in the file.
lock:
	@uv pip compile --quiet --upgrade --universal --generate-hashes --all-extras --no-emit-index-url --no-header \
	  pyproject.toml -o requirements.lock

clean:
	@rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache build dist
