# Every chore of the project; `make` alone prints the list.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
AUTOCONSENT := spiders/consent/autoconsent/provenance.json
TREE := build/lint/tree
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench eval

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## Make .venv/ with .venv/bin/auditor, and see to a Chromium
	@$(BIN)/python packaging/chromium.py

demo: setup ## Audit the built-in demo shop and write its reports
	$(BIN)/auditor demo

test: setup ## Run the whole test suite, browser tests included (more: make test ARGS="-k consent")
	$(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

lint: setup ## Check style, formatting and import direction
	$(BIN)/ruff check --output-format concise .
	$(BIN)/ruff format --check .
	@rm -rf build/lint && mkdir -p build/lint
	@$(BIN)/python -m build --wheel --no-isolation --outdir build/lint . > build/lint/log 2>&1 || { cat build/lint/log; exit 1; }
	@$(BIN)/python -m zipfile -e build/lint/*.whl $(TREE)
	cd $(TREE) && $(CURDIR)/$(BIN)/lint-imports --no-cache --no-logo $(CURDIR)/pyproject.toml

bench: setup ## Print the crawl's and the visits' CPU as ratios to a bare crawl and a bare page load, and the text rules' speed
	$(BIN)/python -m benchmarks

eval: setup ## Print how well the text rules find the marked places and the ranker the clauses in tests/text/
	$(BIN)/python -m tests.text.score
	$(BIN)/python -m tests.text.duties

$(STAMP): pyproject.toml setup.py packaging/backend.py packaging/autoconsent.py $(AUTOCONSENT) | $(BIN)/python
	@echo "Installing the auditor and its tools into $(VENV)/ …"
	@$(PIP) install --editable '.[dev]'
	@touch $@

# No recipe: a missing file counts as new, so that the installation, which brings it, runs again.
$(AUTOCONSENT):

$(BIN)/python:
	@python=$$(for p in $(PYTHON) python3 python3.11 python3.12 python3.13 python3.14; do \
	  $$p -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; \
	done); \
	test -n "$$python" || { echo 'Python 3.11 or newer with venv is needed (Debian: apt-get install python3-venv), or make PYTHON=/path/to/python3' >&2; exit 1; }; \
	"$$python" -m venv $(VENV)
