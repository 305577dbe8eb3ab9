# Every target does all of its own set-up. Needed: git, make and a python3 of 3.11 or later.
# ARGS are handed on: make run ARGS=--demo, make test-sqlite ARGS="-k moments".

PYTHON ?= python3
ARGS ?=
VENV := .venv
NEWEST := .venv-newest
TRAIN := .venv-train
FORMATS := .venv-formats
SPARK := .venv-spark
PEER := .venv-peer
AUDIT := .venv-audit
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
# The machine's two cores, whatever else it has: a browser and a database want some, too.
PARALLEL := -n 2

# Set up anew where the virtual environment's own Python does not run (moved, upgraded).
BROKEN := $(shell $(BIN)/python -c "" >/dev/null 2>&1 || echo broken)

.NOTPARALLEL:
.PHONY: help run test test-sqlite test-accounts test-slow test-postgres test-partitioned test-browser test-formats test-spark newest \
	lint types audit format bench simulate train train-check eval agreement docs-check messages lock fixture vendor clean broken

help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

run: $(VENV)/.run ## open Second Voice in the browser
	@$(BIN)/secondvoice $(ARGS)

test: test-sqlite test-accounts test-slow test-postgres test-browser ## everything, in a real browser too

test-sqlite: $(VENV)/.dev ## the quick tests, on SQLite
	@echo "== Tests on SQLite"
	@$(PYTEST) -m "not browser and not slow and not spark" $(PARALLEL) $(ARGS)

test-accounts: $(VENV)/.dev ## the house that many share, and every address in it
	@echo "== Tests of a house of many"
	@$(PYTEST) --ds tests.settings_accounts -m "not browser and not slow" tests/accounts tests/site/test_every_address.py $(PARALLEL) $(ARGS)

test-slow: $(VENV)/.dev ## real servers: started, stopped, killed; disks filled
	@echo "== Tests with real servers"
	@$(PYTEST) -m "slow and not browser" $(PARALLEL) $(ARGS)

test-postgres: $(VENV)/.dev ## the quick tests, on a throwaway PostgreSQL
	@echo "== Tests on PostgreSQL"
	@$(BIN)/python -m tests.postgres -- $(PYTEST) -m "not browser and not slow and not spark" $(PARALLEL) $(ARGS)

test-partitioned: $(VENV)/.dev ## the same, with the tables of a person in parts, as where many machines share them
	@echo "== Tests on a PostgreSQL partitioned by person"
	@SECONDVOICE_TEST_PARTITIONED=1 $(BIN)/python -m tests.postgres -- $(PYTEST) -m "not browser and not slow and not spark" $(PARALLEL) $(ARGS)

test-browser: $(VENV)/.dev ## the loop in a real Chromium
	@echo "== Tests in Chromium"
	@CHROMIUM="$$($(BIN)/python scripts/chromium.py)" && export CHROMIUM && \
		$(PYTEST) -m browser -n 2 --dist loadfile $(ARGS)

test-formats: $(FORMATS)/.formats ## our ReproSchema, held against its own model (heavy)
	@echo "== ReproSchema, by its own model"
	@$(FORMATS)/bin/python -m pytest tests/measures/formats/test_reproschema_model.py $(ARGS)

test-spark: $(SPARK)/.spark ## the statistics of a group on a Spark of this machine's own
	@echo "== Tests on Spark"
	@$(SPARK)/bin/python -m pytest -m spark $(ARGS)

newest: $(NEWEST)/.dev ## every test without a browser, on the newest Python and Django
	@echo "== Tests on the newest Python and Django here"
	@$(NEWEST)/bin/python -c "import sys, django; print('Python', sys.version.split()[0], 'Django', django.__version__)"
	@$(NEWEST)/bin/python -m pytest -m "not browser and not spark" $(PARALLEL) $(ARGS)

lint: $(VENV)/.dev ## style, and who may import what
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-logo

types: $(VENV)/.dev ## the types
	@$(BIN)/mypy

audit: $(AUDIT)/.audit ## whether a weakness is known of anything that is locked
	@$(AUDIT)/bin/python scripts/audit.py

format: $(VENV)/.dev ## put the style right
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(TRAIN)/.train $(PEER)/.peer ## the figures of docs/performance.md
	@$(TRAIN)/bin/python -m benchmarks $(ARGS)
	@$(TRAIN)/bin/python -m benchmarks.scoring $(ARGS)
	@$(TRAIN)/bin/python -m benchmarks.alike
	@$(TRAIN)/bin/python -m benchmarks.load $(ARGS)

simulate: $(VENV)/.dev ## simulated people, and the figures of docs/what-helps.md
	@$(BIN)/python -m benchmarks.helps $(ARGS)

train: $(TRAIN)/.train ## fit the reader's model anew from data/selftalk
	@$(TRAIN)/bin/python -m training.fit $(ARGS)

train-check: $(TRAIN)/.train ## fit it beside, and compare byte for byte
	@$(TRAIN)/bin/python -m training.fit --check

eval: $(TRAIN)/.train ## measure the reader, and write the figures of docs/reader.md
	@$(TRAIN)/bin/python -m training.evaluate --write $(ARGS)

agreement: $(TRAIN)/.train ## compare the two passes of labelling
	@$(TRAIN)/bin/python -m training.agreement

docs-check: $(VENV)/.dev ## examples in the documentation run, links lead somewhere
	@$(PYTEST) tests/test_docs.py $(ARGS)

messages: $(VENV)/.dev ## renew and compile the catalogues of other languages
	@$(BIN)/python scripts/messages.py $(ARGS)

lock: $(VENV)/.dev ## choose the newest allowed dependencies and lock them with hashes
	@scripts/lock.sh $(ARGS)

fixture: $(VENV)/.dev ## a data folder of this version, for later ones to open: make fixture ARGS=06-name
	@$(BIN)/python scripts/fixture.py $(ARGS)

vendor: $(VENV)/.run ## fetch the front-end files that scripts/vendor.toml pins, checked by hash
	@$(BIN)/python scripts/vendor.py $(ARGS)

clean: ## remove what set-up and tests made here
	rm -rf $(VENV) $(NEWEST) $(TRAIN) $(FORMATS) $(SPARK) $(PEER) $(AUDIT)
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.run: requirements/run.txt pyproject.toml scripts/bootstrap.py $(BROKEN)
	@$(PYTHON) scripts/bootstrap.py run $(VENV)

$(VENV)/.dev: requirements/dev.txt pyproject.toml scripts/bootstrap.py $(BROKEN)
	@$(PYTHON) scripts/bootstrap.py dev $(VENV)
	@$(BIN)/python scripts/pango.py

$(NEWEST)/.dev: requirements/dev.txt pyproject.toml scripts/bootstrap.py
	@$(PYTHON) scripts/bootstrap.py newest $(NEWEST)
	@$(NEWEST)/bin/python scripts/pango.py

$(TRAIN)/.train: requirements/train.txt pyproject.toml scripts/bootstrap.py
	@$(PYTHON) scripts/bootstrap.py train $(TRAIN)

$(FORMATS)/.formats: requirements/formats.txt pyproject.toml scripts/bootstrap.py
	@$(PYTHON) scripts/bootstrap.py formats $(FORMATS)

$(SPARK)/.spark: requirements/spark.txt pyproject.toml scripts/bootstrap.py
	@$(PYTHON) scripts/bootstrap.py spark $(SPARK)

$(PEER)/.peer: requirements/peer.txt scripts/bootstrap.py
	@$(PYTHON) scripts/bootstrap.py peer $(PEER)

$(AUDIT)/.audit: requirements/audit.txt scripts/bootstrap.py
	@$(PYTHON) scripts/bootstrap.py audit $(AUDIT)
