# `make run` serves the demonstration, `make test` runs every check and test. Both set up all they need.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
BIN := .venv/bin
# Each worker begins with half of the files, so that what a file makes is made once; who is done first takes of the other's.
BOTH_CORES := -n 2 --dist worksteal
export IGTOOLKIT_HOME ?= $(CURDIR)/var
# What was compiled once is kept: a test run starts dozens of processes.
unexport PYTHONDONTWRITEBYTECODE
RUN_READY := .venv/ready-to-run
DEV_READY := .venv/ready-to-test
ASSETS_READY := node_modules/.ready

.PHONY: run test check prove audit bench deadline wheel lock set-up test-sqlite test-postgresql clean

run: $(RUN_READY) $(ASSETS_READY)
	@$(BIN)/python -m igtoolkit set-up
	@$(BIN)/python -m igtoolkit demo --if-empty
	@PORT=$(PORT) $(BIN)/python -m igtoolkit serve

test: set-up check test-sqlite test-postgresql

test-sqlite: set-up
	$(BIN)/pytest $(BOTH_CORES) tests

# Pure rules, drawings, the browser's journeys and most proofs do not meet the database a second time in `make test`:
# `make prove` shows every proof on both.
# These read our own files, what is handed to them, or what goes out with every answer.
NO_DATABASE := access/test_allowed.py access/test_asvs.py access/test_fences.py access/test_ways_round.py \
  actions/test_hostile_workbooks.py actions/test_organisation_files.py config/test_parts.py \
  proofs/test_parts_listed.py reports/test_board_forms.py reports/test_evidenced.py web/test_headers.py
DRAWINGS := board_pdf board_pictures charts_drawn charts_paper national_pdf pack_pdf pack_word
PROVED := crawl test_clock_steps.py test_deadlines.py test_enumeration.py test_formulas.py test_inference.py \
  test_logs_leak_nothing.py test_openid_connect.py test_renderer_stays_home.py test_scope_mutations.py \
  test_simulation.py test_whole_nation.py
test-postgresql: set-up
	$(BIN)/python scripts/with_postgresql.py $(BIN)/pytest $(BOTH_CORES) tests \
	  --ignore tests/standard --ignore tests/frameworks --ignore tests/journeys \
	  $(NO_DATABASE:%=--ignore tests/%) $(DRAWINGS:%=--ignore tests/reports/test_%.py) \
	  $(PROVED:%=--ignore tests/proofs/%) -m "not sqlite_only and not slow"

check: $(DEV_READY) $(ASSETS_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m igtoolkit framework check igtoolkit/frameworks/igt-11
	$(BIN)/python -m igtoolkit framework check igtoolkit/frameworks/igt-13

# The long proofs that docs/trust.md quotes, on both databases; ONLY=tests/proofs/test_x.py runs one.
prove: set-up
	@rm -f var/proofs-sqlite.txt var/proofs-postgresql.txt
	IGTOOLKIT_PROVE=1 IGTOOLKIT_PROOFS=$(CURDIR)/var/proofs-sqlite.txt $(BIN)/pytest $(or $(ONLY),tests/proofs)
	IGTOOLKIT_PROVE=1 IGTOOLKIT_PROOFS=$(CURDIR)/var/proofs-postgresql.txt \
	  $(BIN)/python scripts/with_postgresql.py $(BIN)/pytest $(or $(ONLY),tests/proofs) -m "not sqlite_only"
	@cat var/proofs-sqlite.txt var/proofs-postgresql.txt

# Known holes in what the service is made of, and the lists of its parts in dist/.
audit: $(DEV_READY) $(ASSETS_READY)
	$(BIN)/python scripts/audit.py

# NATIONAL=1 measures over a register of 65,000 organisations instead.
bench: set-up
	$(BIN)/python -m bench $(if $(NATIONAL),--national)
	$(BIN)/python scripts/with_postgresql.py --durable $(BIN)/python -m bench $(if $(NATIONAL),--national)

# The deadline hour on both databases: SECONDS and RATE change it.
deadline: set-up
	$(BIN)/python -m bench.deadline --seconds $(or $(SECONDS),600) --rate $(or $(RATE),100)
	$(BIN)/python scripts/with_postgresql.py --durable $(BIN)/python -m bench.deadline --seconds $(or $(SECONDS),600) --rate $(or $(RATE),100)

# One file that carries the frameworks, the pages, the styles and the fonts: pip install dist/igtoolkit-*.whl
wheel: $(RUN_READY) $(ASSETS_READY)
	rm -rf build dist
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 315532800) $(BIN)/pip wheel --quiet \
	  --disable-pip-version-check --no-deps --no-build-isolation --no-index --wheel-dir dist .
	rm -rf build

set-up: $(DEV_READY) $(ASSETS_READY)
	@scripts/machine.sh

lock: $(DEV_READY)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements-dev.in -o requirements-dev.txt
	npm install --package-lock-only

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
	  || { echo "Python 3.11, 3.12 or 3.13 is needed; $(PYTHON) is another. Set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

$(RUN_READY): .venv/made requirements.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_READY): $(RUN_READY) requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@

$(ASSETS_READY): package.json package-lock.json scripts/assets.py
	npm ci --loglevel=error
	$(PYTHON) scripts/assets.py
	@touch $@

clean:
	rm -rf .venv node_modules var build dist igtoolkit/web/static/vendor igtoolkit/reports/pdf/fonts *.egg-info
