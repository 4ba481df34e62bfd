# One word each: report, test, check, fuzz, lab, bench. Everything is installed into .venv from the pinned locks.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
EXAMPLE ?= 371524-donge/2020
CASES ?= 20000
SEED ?= 1

.PHONY: help report test check fuzz lab bench lock clean

help:
	@echo "make report   build the example report ($(EXAMPLE)) into build/"
	@echo "make test     lint, type-check and run every test"
	@echo "make check    lint and type-check only"
	@echo "make fuzz     check $(CASES) spoilt folders, and read as many documents (CASES=, SEED=)"
	@echo "make lab      open the notebook in JupyterLab"
	@echo "make bench    measure, and write benchmarks/results.md"
	@echo "make lock     renew the pinned requirements from pyproject.toml"

report: .venv/report
	@$(BIN)/gongkai build --force $(EXAMPLE)

test: check
	@$(BIN)/python tests/browser/install.py
	$(BIN)/python -m pytest -n auto

check: .venv/test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

fuzz: .venv/test
	GONGKAI_FUZZ_CASES=$(CASES) GONGKAI_FUZZ_SEED=$(SEED) $(BIN)/python -m pytest -n auto tests/fuzz

lab: .venv/lab
	$(BIN)/jupyter lab notebooks/annual_report.ipynb

bench: .venv/test
	$(BIN)/python benchmarks/bench.py

# A stamp a purpose: installing again only when its lock or the package's metadata changed.
.venv/report .venv/test .venv/lab: .venv/%: requirements/%.txt pyproject.toml | .venv/bin/python
	@echo "Installing what '$*' needs into .venv (some minutes the first time) ..."
	@$(PIP) --require-hashes -r $<
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "gongkai needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-header --upgrade pyproject.toml --group build

lock: | .venv/bin/python
	@$(PIP) uv
	$(LOCK) --extra read --extra cluster --extra stills --group test -o requirements/test.txt
	$(LOCK) -c requirements/test.txt -o requirements/report.txt
	$(LOCK) -c requirements/test.txt --extra lab -o requirements/lab.txt
	$(BIN)/python requirements/notice.py

clean:
	rm -rf .venv .*_cache .hypothesis
	find build -mindepth 1 ! -name .gitkeep -delete
