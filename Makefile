VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin

AXE := build/browser/node_modules/axe-core

.PHONY: links demo test check bench browser

# The virtual environment is made anew whenever pyproject.toml changes.
$(VENV)/.done: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/pip install --quiet --group dev --editable .
	touch $@

# Type checkers see the mapped folders as one package through these links; they are made anew each time,
# since a new file directly in cuadre/ needs one.
links:
	rm -rf .links
	mkdir -p .links/cuadre
	for part in engine rules senders ubl; do ln -s ../../$$part .links/cuadre/$$part; done
	for file in cuadre/*; do ln -s ../../$$file .links/cuadre/; done

demo: $(VENV)/.done
	$(BIN)/cuadre check examples/ --today 2026-11-21 || test $$? -eq 1

test: $(VENV)/.done
	$(BIN)/pytest -n auto

check: $(VENV)/.done links
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .links/cuadre tests benchmarks
	$(BIN)/pytest -n auto
	$(BIN)/pytest -n auto --benchmark-disable benchmarks

bench: $(VENV)/.done
	$(BIN)/python benchmarks/table.py

# The HTML report in a real browser. Needs Chromium (apt-get install chromium, or its path in CUADRE_CHROMIUM)
# and npm, which fetches axe-core; playwright drives the Chromium that is installed, and brings none.
browser: $(VENV)/.done
	$(BIN)/pip install --quiet --group browser
	test -d $(AXE) || npm install --silent --no-save --prefix build/browser axe-core@4
	$(BIN)/pytest -m browser tests/browser
