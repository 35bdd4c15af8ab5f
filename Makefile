# Every habit of the project. `make demo` and `make test` set up all they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV_READY := $(VENV)/.dev-ready

.PHONY: help demo test check bench eval train docs lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Lodewire needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(READY): $(BIN)/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(DEV_READY): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(READY) ## install, build a desk from the sample newsroom, print its brief
	$(BIN)/lodewire demo

test: $(DEV_READY) ## run every test
	$(BIN)/python -m pytest -n auto $(ARGS)

check: $(DEV_READY) ## lint, types, import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(DEV_READY) ## measure speed beside the floor and a peer
	$(BIN)/python -m benchmarks

eval: $(DEV_READY) ## measure accuracy against the gold sets and the pinned floors
	$(BIN)/python -m evaluation

train: $(DEV_READY) ## fit the learned part anew and write its weights
	$(BIN)/python -m training

docs: $(DEV_READY) ## regenerate the generated pages of docs/ (command line, event types, sources)
	$(BIN)/python -m docs.build

lock: $(DEV_READY) ## pin every dependency, without index addresses
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra dev --strip-extras -o constraints.txt pyproject.toml

clean: ## remove the virtual environment and what the demo made
	rm -rf $(VENV) demo-desk build *.egg-info
