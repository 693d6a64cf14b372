# The contract: setup, serve, test, check, fmt, bench. Nothing else is needed to work
# on Commonwire or to run it.
.PHONY: setup serve test test-postgres check fmt bench
PYTHON ?= python3
BIN = .venv/bin
# Checks read the settings; they need no site.
check: export COMMONWIRE_SECRET_KEY = only-for-checks-of-types-and-migrations
check: export COMMONWIRE_DATABASE_URL = sqlite:///:memory:

setup: .venv/ready
serve: .venv/ready
	@$(BIN)/commonwire serve

# What runs the site: the locked dependencies and the package itself.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Commonwire needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# What tests and checks need beside it.
.venv/ready-dev: .venv/ready requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# Tests wait for pages and for other processes a third of their time: half as many again
# as there are processors.
WORKERS = $(shell $(PYTHON) -c 'import os; print(max(2, os.cpu_count() * 3 // 2))')

test: .venv/ready-dev
	sh tests/programs.sh
	$(BIN)/pytest -n $(WORKERS) --dist loadscope
	$(BIN)/python -m tests.postgres -n 2 --quiet tests/postgres

# All of it again, on a PostgreSQL that it starts: by hand, for it takes as long.
test-postgres: .venv/ready-dev
	sh tests/programs.sh
	$(BIN)/python -m tests.postgres -n auto --dist loadscope

check: .venv/ready-dev
	$(BIN)/ruff format --check src tests benchmarks tools
	$(BIN)/ruff check src tests benchmarks tools
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet src
	$(BIN)/deptry .
	$(BIN)/codespell src tests benchmarks tools docs README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md
	$(BIN)/commonwire makemigrations --check --dry-run
	$(BIN)/python tools/upgrades.py

fmt: .venv/ready-dev
	$(BIN)/ruff format src tests benchmarks tools
	$(BIN)/ruff check --fix src tests benchmarks tools

bench: .venv/ready-dev
	$(BIN)/python -m benchmarks
