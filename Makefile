# joinedup: two commands. `make demo` shows it, `make test` proves it. `make` lists the rest.
SHELL := /bin/bash
BIN := .venv/bin
# branches complete in these, but for two locks that only PostgreSQL takes
WHOLE := src/joinedup/*/rules/*,src/joinedup/*/rules.py,src/joinedup/*/actions/*,src/joinedup/*/actions.py,src/joinedup/share/*
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help env env-run demo demo-data test test-sqlite test-postgres check fix docs bench sbom audit-dependencies lock clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | awk -F ':.*?## ' '{printf "  make %-14s %s\n", $$1, $$2}'

env: ## make the development environment in .venv
	@tools/env.sh requirements-dev.lock

env-run:
	@tools/env.sh requirements.lock

demo: env-run ## set up everything, load the fictional partnership of Ellensford, serve it on http://localhost:8000
	@$(BIN)/joinedup demo

demo-data: env-run ## as demo, without serving
	@$(BIN)/joinedup demo --no-serve

test: env ## set up everything and pass every test, on SQLite and PostgreSQL, with a real browser
	@tools/debian.sh
	@echo "→ the house: format, lint, types, walls, migrations, generated pages"
	@$(MAKE) --no-print-directory check
	@echo "→ every test on SQLite, with a real Chromium"
	@$(MAKE) --no-print-directory test-sqlite
	@echo "→ every test that touches a database, on PostgreSQL"
	@$(MAKE) --no-print-directory test-postgres

test-sqlite: env
	@$(BIN)/pytest -n 2 --dist loadscope --cov --cov-report=
	@$(BIN)/coverage report --include="$(WHOLE)" --skip-covered --show-missing --fail-under=99

test-postgres: env
	@$(BIN)/python tools/with_postgres.py $(BIN)/pytest -n 2 --dist loadscope -m "not browser"

check: env ## format, lint, types, import walls, migrations, generated docs
	@$(BIN)/ruff format --check --quiet src tests benches tools
	@$(BIN)/ruff check --quiet src tests benches tools
	@$(BIN)/mypy --no-error-summary src
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/joinedup makemigrations --check --dry-run --verbosity 0
	@$(BIN)/joinedup docs --check

fix: env ## format and mend what can be mended, write the generated docs
	@$(BIN)/ruff format --quiet src tests benches tools
	@$(BIN)/ruff check --fix --quiet src tests benches tools
	@$(BIN)/joinedup docs

bench: env ## measure: make bench WHAT=flow
	@tools/debian.sh
	@$(BIN)/python tools/with_postgres.py $(BIN)/python -m benches.$(or $(WHAT),flow)

sbom: env ## write the list of packages (docs/generated/sbom.json) from the lock
	@$(BIN)/python tools/sbom.py

audit-dependencies: env ## ask a database of known faults about the lock, where pip-audit is installed
	@if command -v pip-audit >/dev/null; then pip-audit --require-hashes --requirement requirements.lock; else \
	  echo "pip-audit is not installed here: the deployer runs it on requirements.lock (docs/assurance/README.md)"; fi

lock: ## write the hashed lock files anew (they hold no registry address)
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --extra postgres --extra build pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --all-extras pyproject.toml -o requirements-dev.lock

clean: ## remove the environment and every local database
	rm -rf .venv var
