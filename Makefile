# `make` lists what can be made; every target sets up what it needs first.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo demo-real test coverage check compiled bench-features bench-one-child bench-link bench-reasons
.PHONY: bench-serving bench-training faults mutants nightly client sbom lock clean

BIN := .venv/bin
UV := uv==0.13.8
ROOMS := features models training serving notebooks

# A worker that dies ends the tests and is named; with another in its place they would never end.
WORKERS := -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0

# How many children; a million takes half an hour: make bench-features BENCH_CHILDREN=1000000
BENCH_CHILDREN ?= 10000 100000

# One thread each: two copies of OpenMP are loaded, and tests and demo share the cores.
export OMP_NUM_THREADS ?= 1
export OMP_WAIT_POLICY ?= passive

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 22

demo: .venv/.ready ## set up, then go from a synthetic town to a reasoned score and its reports
	@$(BIN)/kizuki demo

demo-real: .venv/.ready ## the same on real input, where it is at hand
	@$(BIN)/kizuki demo-real

test: .venv/.ready ## set up, check the house, run every test
	@$(MAKE) --no-print-directory --jobs=2 --output-sync check compiled
	@echo "Running the tests"
	@$(BIN)/python -m pytest $(WORKERS) $(COVERAGE)

# To look on at every line takes half as much again, and starts each thread another way.
coverage: COVERAGE := --cov --cov-report=term
coverage: test ## the same, and tell which lines no test has run

# Once, beside the checks: else each of the tests' workers would do it.
compiled: .venv/.ready
	@echo "Compiling what is compiled"
	@$(BIN)/python -m tests.kept_code

check: .venv/.ready ## set up, then lint, format, types and floors
	@echo "Checking style"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@echo "Checking types"
	@$(BIN)/mypy
	@echo "Checking that imports only go down"
	@$(BIN)/lint-imports --no-logo

bench-features: .venv/.ready ## measure the batch engine beside DuckDB, Polars, pandas and Featuretools
	@$(BIN)/python -m tests.bench.features $(BENCH_CHILDREN)

bench-one-child: .venv/.ready ## measure the row of one child, in plain Python, compiled, and by the peers
	@$(BIN)/python -m tests.bench.one_child

bench-link: .venv/.ready ## measure how well the same child is found in three agencies
	@$(BIN)/python -m tests.bench.link

bench-reasons: .venv/.ready ## measure exact reasons beside LightGBM's and shap's
	@$(BIN)/python -m tests.bench.reasons

bench-serving: .venv/.ready ## measure a desk with reasons beside one without and with LightGBM's
	@$(BIN)/python -m tests.bench.serving

bench-training: .venv/.ready ## measure a training beside bare LightGBM on the same matrix
	@$(BIN)/python -m tests.bench.training

faults: .venv/.ready ## crowd, starve, end and swap desks; print what was promised and what was found
	@$(BIN)/python -m tests.bench.faults

mutants: .venv/.ready ## change a line of who may, record and keys; tell if a test notices (hours)
	@$(BIN)/python -m tests.bench.mutants

nightly: export KIZUKI_SLOW := 1
nightly: .venv/.ready ## the same for hours, after every test, the slow ones too
	@$(MAKE) --no-print-directory coverage
	@$(BIN)/python -m tests.bench.faults nightly
	@$(MAKE) --no-print-directory mutants

client: .venv/.ready ## write the published file of the API and the client made from it
	@$(BIN)/kizuki openapi
	@$(BIN)/python -m serving.openapi.client

sbom: .venv/.ready ## write what is installed, with hashes, into sbom.json (CycloneDX)
	@$(BIN)/cyclonedx-py requirements requirements.lock --output-reproducible --of JSON -o sbom.json
	@echo "Wrote sbom.json"

lock: .venv/.ready ## resolve the dependencies anew into requirements.lock
	@echo "Resolving the dependencies with $(UV)"
	@$(BIN)/python -m venv .venv/lock
	@.venv/lock/bin/pip install --quiet --quiet $(UV)
	@.venv/lock/bin/uv pip compile pyproject.toml --all-extras --python-version 3.11 --upgrade \
		--generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" \
		--quiet --output-file requirements.lock
	@echo "Wrote requirements.lock"

clean: ## remove everything that was made, the set-up too
	rm -rf .venv .kizuki demo-out sbom.json .coverage .coverage.* *.egg-info mutants
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# The install is without resolving: the lock is complete, and pip check says so at the end. All is
# compiled at once, on two cores: pip would take one, and what a library does not spell well would be
# an error in the tests if it were compiled there. Some bring files that are no Python 3, on purpose.
.venv/.ready: requirements.lock pyproject.toml
	@python=$$(for name in $(PYTHON) python3.11 python3 python; do \
		$$name -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null \
		&& echo $$name && break; done); \
	test -n "$$python" || { echo "Kizuki needs Python 3.11: install it, or name it with" \
		"make PYTHON=/path/to/python3.11" >&2; exit 2; }; \
	echo "Making .venv with $$python"; $$python -m venv .venv
	@echo "Installing the locked dependencies (a minute or two, the first time)"
	@$(BIN)/pip install --quiet --quiet --no-compile --no-deps --require-hashes -r requirements.lock
	@echo "Compiling them"
	@$(BIN)/python -W ignore -m compileall -qq -j 2 .venv/lib || true
	@echo "Installing Kizuki itself"
	@$(BIN)/pip install --quiet --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/pip check
	@touch $@
