# From a fresh clone: `make run` opens the assistant, `make test` proves it.
# Everything runs in .venv, which the first target that needs it makes. Settings come from the
# environment (ASSISTANT_…, see the README). PYTHON, PORT and HOST can be given to make; HOST
# only as `make run HOST=…`, since some shells set a variable of that name.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --constraint constraints.txt
LISTEN = $(if $(filter command,$(origin HOST)),--host $(HOST)) $(if $(PORT),--port $(PORT))
CHROMIUM := /usr/bin/chromium
# A file of tests stays in one process: what it sets up once is set up once.
PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadfile
AXE := tests/ui/node_modules/axe-core/axe.min.js

# One thread each: on a busy machine more of them make an answer thirty times slower.
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1
export TOKENIZERS_PARALLELISM ?= false
# Nothing is fetched and nothing is told to anyone while it runs.
export HF_HUB_OFFLINE ?= 1
export ANONYMIZED_TELEMETRY ?= False
export GRADIO_ANALYTICS_ENABLED ?= False
export LANGSMITH_TRACING ?= false

.PHONY: help install install-dev ingest run test test-all check lint format-check types imports
.PHONY: audit eval bench screenshots system-deps browser-deps clean
.DEFAULT_GOAL := help

help:
	@echo "make run          install, ingest, serve on 127.0.0.1:8000 (HOST=… PORT=…)"
	@echo "make install      install into $(VENV)"
	@echo "make ingest       make the index from corpus/; nothing to do when nothing changed"
	@echo "make test         the tests, in a few minutes"
	@echo "make test-all     the tests with the full counts of the long runs"
	@echo "make check        lint, format, types, import rules"
	@echo "make audit        ask the public database for flaws of what is installed (network)"
	@echo "make eval         measure the answers beside other systems; writes data/evals/report.html"
	@echo "                  on added documents: $(BIN)/python -m evals.added"
	@echo "make bench        measure the speed beside the tutorial pipeline; writes data/bench"
	@echo "make screenshots  take the pictures of docs/screenshots again"
	@echo "make system-deps  Tesseract for scans; the browser and database of tests (Debian, as root)"
	@echo "make browser-deps the accessibility rules that they run (npm)"
	@echo "make clean        remove caches; the index and $(VENV) stay"

install: $(VENV)/.installed

install-dev: $(VENV)/.installed-dev

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed, and $(PYTHON) is not. Install it, or name one:" >&2; \
	  echo "  make $(or $(firstword $(MAKECMDGOALS)),run) PYTHON=python3.12" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || { \
	  echo "No virtual environment could be made. On Debian: apt-get install python3-venv" >&2; \
	  exit 1; }
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) --editable '.[dev]'
	@touch $@

$(VENV)/.installed-eval: $(VENV)/.installed
	$(PIP) --editable '.[eval]'
	@touch $@

ingest: install
	$(BIN)/python -m ingest

# A refused file does not close the assistant: what is published goes on serving.
run: install
	@$(BIN)/python -m ingest || test -f "$${ASSISTANT_DATA_DIR:-data}/index/current"
	@exec $(BIN)/python -m api $(LISTEN)

test: install-dev
	@$(MAKE) --no-print-directory --keep-going system-deps browser-deps || true
	$(BIN)/python -m pytest -m 'not full' $(PARALLEL)

# The long runs are alone on the machine: what they measure is not told from what runs beside.
test-all: test
	$(BIN)/python -m pytest -m full

check: lint format-check types imports

lint: install-dev
	$(BIN)/ruff check .

format-check: install-dev
	$(BIN)/ruff format --check .

types: install-dev
	$(BIN)/mypy

imports: install-dev
	$(BIN)/lint-imports

# CVE-2026-45829: the server of chromadb, which is not started (docs/security.md).
audit: install-dev
	$(BIN)/python -m pip install --quiet 'pip-audit>=2.10,<3'
	$(BIN)/pip-audit --skip-editable --ignore-vuln CVE-2026-45829

eval: ingest $(VENV)/.installed-eval
	$(BIN)/python -m evals

bench: ingest $(VENV)/.installed-eval
	$(BIN)/python -m evals.bench

screenshots: ingest install-dev system-deps
	$(BIN)/python -m tests.ui.screenshots

system-deps:
	@if test -x $(CHROMIUM) && command -v npm >/dev/null 2>&1 \
	  && tesseract --list-langs 2>/dev/null | grep -qx fra \
	  && command -v redis-server >/dev/null 2>&1 \
	  && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then exit 0; \
	elif test "$$(id -u)" = 0 && command -v apt-get >/dev/null 2>&1; then \
	  apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes chromium postgresql redis-server \
	    tesseract-ocr tesseract-ocr-fra $$(command -v npm >/dev/null 2>&1 || echo npm); \
	else \
	  echo "Scans need Tesseract with its French. The tests need npm, PostgreSQL, Redis, and" >&2; \
	  echo "Chromium as $(CHROMIUM). On Debian:" >&2; \
	  echo "  sudo apt-get install chromium npm postgresql redis-server tesseract-ocr tesseract-ocr-fra" >&2; \
	  exit 1; \
	fi

browser-deps: $(AXE)

$(AXE): tests/ui/package-lock.json
	npm ci --prefix tests/ui --ignore-scripts --no-audit --no-fund
	@touch $@

clean:
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build
	rm -rf *.egg-info
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +
