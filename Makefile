# Every target sets up what it needs; the second run finds it there.
VENV   := .venv
PYTHON ?= python3
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo demo-teams test lint bench mutants teams-package teams-validate teams-validator setup lock clean

# SCHEME=asme: another of those that come along; SCHEME=all: all of them in one bot; or the path of your own.
demo: $(READY)
	@$(BIN)/python -m demo $(if $(SCHEME),--scheme $(SCHEME))

# Beside Microsoft's Agents Playground, which npm fetches at that moment.
demo-teams: $(READY)
	@$(BIN)/python -m demo.teams

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m bench

# Changes the rules in every small way and sees which changes their tests notice; some ten minutes.
mutants: $(READY)
	$(BIN)/mutmut run
	$(BIN)/python -m tests.mutants

# The app for Microsoft Teams, to be uploaded; the app id is given here, in the environment or in .env.
teams-package: $(READY)
	@$(BIN)/python -m manifest.teams.package $(TEAMS_APP_ID)

# What Microsoft's own validator says to the manifest. It is fetched once (npm, some 450 MB), beside the project and not
# into it; then it needs no network. Nothing that it brings is run as it is installed.
TOOLKIT := $(shell $(PYTHON) -c 'import tempfile; print(tempfile.gettempdir())')/mentorbot-agentstoolkit
ATK     := $(TOOLKIT)/node_modules/.bin/atk

teams-validate: $(READY) $(ATK)
	@$(BIN)/python -m pytest tests/app/test_teams_manifest.py -k validator -rs

$(ATK):
	@npm install --ignore-scripts --no-audit --no-fund --loglevel=error --prefix $(TOOLKIT) \
	    @microsoft/m365agentstoolkit-cli@1
	@touch $@

# By this name it can be fetched alone.
teams-validator: $(ATK)

setup: $(READY)

# uv reads the lock in seconds where pip takes most of a minute; pip only fetches uv.
$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --no-deps --editable .
	@$(BIN)/python -m compileall -q bot slack_workspace demo
	@touch $(READY)

# The lock names versions and hashes, never addresses.
lock:
	$(BIN)/uv pip compile pyproject.toml --extra graph --extra report --extra rounds --extra teams --group dev --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV)
