# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
#
# make run    everything, with an embedded PostgreSQL and the reference data, then the address to open
# make test   everything, the browser too
# make check  lint, types, import contracts
# make bench  the figures of docs/performance.md
# make clean  says what it would delete; make clean YES=1 deletes it

SHELL := /bin/sh
VENV := .venv
PYTHON := $(VENV)/bin/python
UV_VERSION := 0.13.8
PORT ?= 8000
TESTS ?= tests
.DEFAULT_GOAL := run
.PHONY: run test check bench clean browser xmlsec1 lock messages

$(VENV)/bin/uv:
	@command -v python3 >/dev/null || { echo "Python 3.11 or later is missing: apt-get install python3 python3-venv"; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed, this is $$(python3 --version)"; exit 1; }
	@python3 -m venv $(VENV) || { echo "The venv module is missing: apt-get install python3-venv"; exit 1; }
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

# What runs, what plans, and what tests it, are installed apart: a grant office takes only the first.
$(VENV)/.base: requirements/base.txt pyproject.toml | $(VENV)/bin/uv
	@$(VENV)/bin/uv pip install --quiet --require-hashes --python $(PYTHON) -r requirements/base.txt
	@$(VENV)/bin/uv pip install --quiet --no-deps --python $(PYTHON) --editable .
	@touch $@

$(VENV)/.planning: requirements/planning.txt $(VENV)/.base
	@$(VENV)/bin/uv pip install --quiet --require-hashes --python $(PYTHON) -r requirements/planning.txt
	@touch $@

# What rotas are planned with is compiled once, so that nobody's first rota waits for it.
$(VENV)/.ready: $(VENV)/.planning
	@$(PYTHON) -m overens.planning.ready
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@$(VENV)/bin/uv pip install --quiet --require-hashes --python $(PYTHON) -r requirements/dev.txt
	@touch $@

# The validator of archive packages has an environment of its own: it is bound to another lxml than ours.
.venv-eark/.done: requirements/eark.txt | $(VENV)/bin/uv
	@$(VENV)/bin/uv venv --quiet --clear --python $(PYTHON) .venv-eark
	@$(VENV)/bin/uv pip install --quiet --require-hashes --python .venv-eark/bin/python -r requirements/eark.txt
	@touch $@

# So has the SAML identity provider that the tests run: it clashes with libraries of ours.
.venv-saml/.done: requirements/saml-idp.txt | $(VENV)/bin/uv
	@$(VENV)/bin/uv venv --quiet --clear --python $(PYTHON) .venv-saml
	@$(VENV)/bin/uv pip install --quiet --require-hashes --python .venv-saml/bin/python -r requirements/saml-idp.txt
	@touch $@

$(VENV)/.messages: $(VENV)/.base $(shell find overens/locale -name '*.po' 2>/dev/null)
	@$(PYTHON) -m overens.web.translations
	@touch $@

run: $(VENV)/.messages $(VENV)/.ready
	@OVERENS_DEMO=1 $(VENV)/bin/overens serve --port $(PORT)

browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq chromium >/dev/null; \
	else echo "Chromium is missing: sudo apt-get install chromium"; exit 1; fi

# What the SAML identity provider signs with.
xmlsec1:
	@command -v xmlsec1 >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq --no-install-recommends xmlsec1 >/dev/null; \
	else echo "xmlsec1 is missing: sudo apt-get install xmlsec1"; exit 1; fi

test: .venv-eark/.done .venv-saml/.done $(VENV)/.dev $(VENV)/.messages browser xmlsec1
	@$(PYTHON) -m pytest $(TESTS) -n 2 --dist worksteal

check: $(VENV)/.dev $(VENV)/.messages
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports

bench: $(VENV)/.dev $(VENV)/.messages
	@$(PYTHON) -m bench

messages: $(VENV)/.dev
	@$(PYTHON) -m overens.web.translations --missing

lock: | $(VENV)/bin/uv
	@$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra dev --extra planning --extra cluster -o requirements/dev.txt
	@$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml --extra planning -c requirements/dev.txt -o requirements/planning.txt
	@$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -c requirements/dev.txt -o requirements/base.txt

clean:
	@sh tools/clean.sh $(YES)
