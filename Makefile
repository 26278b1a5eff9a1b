# Everything one does with this checkout. `make` alone lists it.
#
# PYTHON chooses the interpreter (3.11 to 3.14); VENV the folder of the virtual environment.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PYTEST_WORKERS ?= 2

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Options that a shell may hand to pip and that would put the packages somewhere else, or other ones in their place.
PIP := env -u PIP_USER -u PIP_TARGET -u PIP_PREFIX -u PIP_ROOT -u PIP_CONSTRAINT -u PIP_REQUIREMENT -u PIP_NO_BINARY \
	-u PIP_REQUIRE_VIRTUALENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 $(BIN)/python -m pip
INSTALL := $(PIP) install --progress-bar off --require-hashes --only-binary :all: --no-deps
# pip says a line or more for each package; one name each is enough to see that it moves.
NAMES := awk '/^Collecting/ { printf "    %s\n", $$2; fflush() }'

CORE := $(VENV)/.installed-core
PROJECT := $(VENV)/.installed-project
DEV := $(VENV)/.installed-dev
FULL := $(VENV)/.installed-full
CHECKER := $(VENV)/vnu/vnu.jar
PROVIDER := $(VENV)/oidc-provider/.installed

# ---------------------------------------------------------------- for everybody

.PHONY: help
help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(PROJECT) ## Start the demo community; installs what it needs the first time
	@exec $(BIN)/forum demo

.PHONY: setup
setup: $(DEV) $(PROJECT) $(CHECKER) ## Install everything for development, the PostgreSQL driver and the browser tests included

# ---------------------------------------------------------------- checks

.PHONY: test
test: lint types arch $(CHECKER) ## All checks and all tests but the long ones
	$(BIN)/pytest -n $(PYTEST_WORKERS)

.PHONY: test-full
test-full: $(DEV) $(FULL) $(PROJECT) $(PROVIDER) ## The long tests
	$(BIN)/pytest -m full -n $(PYTEST_WORKERS)

.PHONY: lint
lint: $(DEV) $(PROJECT) ## Style of code and templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet --allow-empty-input templates

.PHONY: fix
fix: $(DEV) $(PROJECT) ## Mend what the style check can mend by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: types
types: $(DEV) $(PROJECT) ## Types, strictly
	$(BIN)/mypy

.PHONY: arch
arch: $(DEV) $(PROJECT) ## Who may import whom
	$(BIN)/lint-imports --no-logo

.PHONY: bench
bench: $(DEV) $(PROJECT) ## Measure import, pages, export, search and signing in; fails if its time tells who has an account
	$(BIN)/python -m bench

# ---------------------------------------------------------------- keeping up

# Wheels only, for every platform and Python at once, with hashes, without any address.
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --only-binary :all: \
	--generate-hashes --no-header --no-annotate

.PHONY: lock
lock: ## Write requirements/ from pyproject.toml, keeping the versions (UPGRADE=--upgrade: take the newest)
	@[ -x $(BIN)/uv ] || $(MAKE) $(DEV)
	$(COMPILE) $(UPGRADE) --extra postgres --group build --group dev --group browser -o requirements/dev.txt >/dev/null
	$(COMPILE) -c requirements/dev.txt --group full -o requirements/full.txt >/dev/null
	$(COMPILE) -c requirements/dev.txt -o requirements/core.txt >/dev/null
	$(COMPILE) -c requirements/dev.txt --extra postgres -o requirements/postgres.txt >/dev/null
	$(subst pyproject.toml,,$(COMPILE)) -c requirements/dev.txt --group build -o requirements/build.txt >/dev/null
	@echo "requirements/ is written. Now: make notices test"

.PHONY: notices
notices: $(DEV) $(PROJECT) ## Write THIRD-PARTY-NOTICES.md from the lock
	$(BIN)/python tools/notices.py

.PHONY: docs
docs: $(DEV) $(PROJECT) ## Write the parts of the documents that are made from code
	$(BIN)/python tools/docs.py

.PHONY: screenshots
screenshots: $(DEV) $(PROJECT) ## Take every page of the demo at 360, 768 and 1440 px, light and dark, in both languages
	$(BIN)/python tools/screenshots.py $(PAGES)

GATHER := $(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --keywords "_ _l lazy_gettext lazy_ngettext:1,2" \
	--add-comments "Translators:" --no-location --sort-output --omit-header --output-file var/messages.pot .

.PHONY: translations
translations: $(DEV) $(PROJECT) ## Gather the sentences of the interface and bring them into the catalogues
	@mkdir -p var
	$(GATHER)
	$(BIN)/python tools/translations.py

.PHONY: language
language: $(DEV) $(PROJECT) ## Begin the catalogue of a new language (CODE=fr)
	@[ -n "$(CODE)" ] || { echo "Which language? For example: make language CODE=fr" >&2; exit 1; }
	@mkdir -p var
	$(GATHER)
	@$(BIN)/python tools/translations.py "$(CODE)"

.PHONY: clean
clean: ## Remove what the commands made; the data in var/ stays
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find forum tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------- the virtual environment

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 15) else 1)' 2>/dev/null || { \
		echo "Tafelrunde needs Python 3.11 to 3.14; $(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo "not there")." \
			"Name another one: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) has no venv module. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "==> Making the virtual environment $(VENV) ($$($(PYTHON) --version))"
	@$(PYTHON) -m venv --clear $(VENV)

$(CORE): requirements/build.txt requirements/core.txt | $(BIN)/python
	@echo "==> Installing $$(grep -c '==' requirements/core.txt) packages from requirements/core.txt (once; about half a minute)"
	@$(INSTALL) -r requirements/build.txt -r requirements/core.txt | $(NAMES)
	@touch $@

$(PROJECT): pyproject.toml $(CORE)
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt | $(PROJECT)
	@echo "==> Installing $$(grep -c '==' requirements/dev.txt) packages from requirements/dev.txt (once; about a minute)"
	@$(INSTALL) -r requirements/dev.txt | $(NAMES)
	@touch $@

$(FULL): requirements/full.txt | $(PROJECT)
	@echo "==> Installing $$(grep -c '==' requirements/full.txt) packages from requirements/full.txt (once; what the long tests need)"
	@$(INSTALL) -r requirements/full.txt | $(NAMES)
	@touch $@

# What checks the HTML of the pages is no wheel: npm brings it, Java runs it. Without them its test is skipped, with the reason.
$(CHECKER): requirements/vnu.sha256 | $(BIN)/python
	@if ! { command -v npm && command -v java; } >/dev/null; then \
		echo "==> Nothing checks the HTML of the pages: that takes npm and java"; exit; \
	fi; \
	read -r _ file <$<; name=$${file%.tgz}; \
	echo "==> Fetching $$name, which checks the HTML of the pages (once; 30 MB)"; \
	mkdir -p $(@D); \
	said=$$(cd $(@D) && npm pack --loglevel=error --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=3000 \
		"$${name%-*}@$${name##*-}" 2>&1) || { \
		echo "    npm could not ($$(head -n 1 <<<"$$said")); that test is skipped"; exit 0; \
	}; \
	(cd $(@D) && sha256sum --check --quiet) <$<; \
	tar -xzmf "$(@D)/$$file" -C $(@D) --strip-components=3 package/build/dist/vnu.jar; \
	rm "$(@D)/$$file"

# The OpenID provider that the long tests start is a package of npm's, too, with its lock. Without npm that test is skipped.
$(PROVIDER): requirements/oidc-provider/package-lock.json | $(BIN)/python
	@if ! { command -v npm && command -v node; } >/dev/null; then \
		echo "==> Nothing to sign in at: the OpenID provider of the long tests takes node and npm"; exit; \
	fi; \
	echo "==> Fetching oidc-provider, at which the long tests sign in (once; 5 MB)"; \
	mkdir -p $(@D); \
	cp requirements/oidc-provider/package.json requirements/oidc-provider/package-lock.json $(@D)/; \
	said=$$(npm ci --prefix $(@D) --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error \
		--fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=3000 2>&1) || { \
		echo "    npm could not ($$(head -n 1 <<<"$$said")); that test is skipped"; exit 0; \
	}; \
	touch $@
