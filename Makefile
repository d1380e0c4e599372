# The scripts of a working day: demo, test (and test-slow), check, bench.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
# uv installs in seconds what pip takes a minute for; it comes as a wheel itself.
UV := $(VENV)/bin/uv
# All is compiled when it is installed: an environment that keeps no bytecode, as images for
# containers do, would else compile the whole program anew at each start.
INSTALL = $(UV) pip install -q --compile-bytecode --python $(BIN)/python

.PHONY: demo test test-slow check bench tour format lock audit-deps clean dashboard test-web screenshots lighthouse sbom

demo: $(VENV)/.runtime
	@exec $(BIN)/dukani demo

# Bytecode is kept even where the environment says otherwise, as images for containers do: the tests
# start many processes, and to compile the program takes longer than to run most of them.
test test-slow check bench: export PYTHONDONTWRITEBYTECODE =

test: $(VENV)/.dev
	@$(BIN)/pytest -n 2 --dist worksteal -m "not slow"

# What takes minutes: kills at random, whole demos started and stopped, browsers, many shoppers.
test-slow: $(VENV)/.dev
	@$(BIN)/pytest -n 2 --dist worksteal -m slow

check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/pytest -q tests/unit/test_floors.py

# One alone by its name: `make bench search`.
MEASURED = steady burst minds photo rows memory metrics search vectors api streams audience campaigns wallet pieces_file rules growth audit
bench: $(VENV)/.dev
	@$(BIN)/python -m tests.bench $(filter $(MEASURED),$(MAKECMDGOALS))
ifneq (,$(filter bench,$(MAKECMDGOALS)))
.PHONY: $(MEASURED)
$(MEASURED): ; @:
endif

# A campaign to 1,000 customers, whose worker is killed three times while it sends; five minutes.
# Then what happens in a shop becomes messages and sales; five more.
tour: $(VENV)/.dev
	@$(BIN)/python -m scripts.tour_campaign
	@$(BIN)/python -m scripts.tour_automations

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

# Rewrites the lock files from pyproject.toml: hashes, and no registry's address.
lock: $(UV)
	@$(UV) pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url \
		--no-header pyproject.toml -o requirements.txt
	@$(UV) pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url \
		--no-header --extra clip -c requirements.txt pyproject.toml -o requirements-clip.txt
	@$(UV) pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url \
		--no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

# What a release is made of, from the lock files, as CycloneDX.
sbom: $(VENV)/.dev
	@$(BIN)/python -m scripts.sbom

# Whether any package we ship is known to be unsafe; where nobody could be asked, it says so (2).
audit-deps: $(VENV)/.runtime
	@$(BIN)/python -m scripts.check_dependencies

# Builds the dashboard (Node 20) and packs it into the package, which serves it without Node.
dashboard: export NEXT_TELEMETRY_DISABLED = 1
dashboard: $(VENV)/.runtime dashboard/node_modules/.package-lock.json
	@cd dashboard && npm run --silent lint && npm run --silent types && npm test --silent
	@cd dashboard && WEB_EXPORT=1 WEB_BUILD_ID=$$(cd .. && $(BIN)/python -m scripts.pack_dashboard hash) \
		npx next build
	@$(BIN)/python -m scripts.pack_dashboard

# The dashboard in a browser, against a demo of its own.
test-web: $(VENV)/.dev dashboard/node_modules/.package-lock.json
	@$(BIN)/pytest -m slow tests/integration/test_dashboard.py

# Pictures of a running demo, for the README and the owner's guide:
# `make screenshots BASE_URL=http://127.0.0.1:8000`.
screenshots: $(VENV)/.runtime dashboard/node_modules/.package-lock.json
	@cd dashboard && npx playwright test --config screenshots.config.ts
	@$(BIN)/python -m scripts.shrink_pictures docs/guide

# Lighthouse's scores of three pages, as on a phone; on a machine that does nothing else.
lighthouse: $(VENV)/.runtime scripts/lighthouse/node_modules/.package-lock.json
	@$(BIN)/python -m scripts.lighthouse.run

scripts/lighthouse/node_modules/.package-lock.json: scripts/lighthouse/package-lock.json
	@cd scripts/lighthouse && npm ci --silent && touch node_modules/.package-lock.json

dashboard/node_modules/.package-lock.json: dashboard/package-lock.json
	@cd dashboard && npm ci --silent && touch node_modules/.package-lock.json

clean:
	@rm -rf $(VENV) .data dashboard/node_modules dashboard/.next dashboard/out \
		scripts/lighthouse/node_modules

$(UV):
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -q --disable-pip-version-check uv

$(VENV)/.runtime: requirements.txt pyproject.toml | $(UV)
	@$(INSTALL) -r requirements.txt
	@$(INSTALL) --no-deps -e .
	@$(BIN)/python -m compileall -q dukani
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(UV)
	@$(INSTALL) -r requirements-dev.txt
	@$(INSTALL) --no-deps -e .
	@$(BIN)/python -m compileall -q dukani
	@touch $@
