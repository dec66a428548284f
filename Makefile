VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin

.PHONY: demo test check bench

# The virtual environment is made anew whenever pyproject.toml changes.
$(VENV)/.done: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/pip install --quiet --group dev --editable .
	mkdir -p .links/cuadre
	for part in engine rules ubl; do ln -sfn ../../$$part .links/cuadre/$$part; done
	for file in cuadre/*; do ln -sfn ../../$$file .links/cuadre/; done
	touch $@

demo: $(VENV)/.done
	$(BIN)/cuadre check examples/ --today 2026-11-21 || test $$? -eq 1

test: $(VENV)/.done
	$(BIN)/pytest -n auto

check: $(VENV)/.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .links/cuadre tests benchmarks
	$(BIN)/pytest -n auto

bench: $(VENV)/.done
	$(BIN)/python benchmarks/table.py
