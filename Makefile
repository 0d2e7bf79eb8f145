# The project's commands. `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
PYTHON := $(VENV)/bin/python
# The one on PATH, or one that is built here, which takes minutes.
DENY := $(or $(shell command -v cargo-deny),target/tools/bin/cargo-deny)
EMULATOR := target/debug/processmind-emulator
FAULT_DRIVER := target/debug/fault-driver

RUST_SOURCES := $(shell find core cli emulator bindings-python/src bindings-node/src examples/rust -name '*.rs') Cargo.toml Cargo.lock \
	$(wildcard core/Cargo.toml cli/Cargo.toml emulator/Cargo.toml bindings-*/Cargo.toml bindings-*/build.rs)
PYTHON_SOURCES := $(shell find bindings-python/python -name '*.py*' -not -path '*/__pycache__/*') pyproject.toml
NODE_SOURCES := $(shell find bindings-node/ts -name '*.ts') package.json
BENCH_SOURCES := $(shell find benches -name '*.rs') benches/Cargo.toml $(wildcard benches/clients/* benches/rivals/*)

# What `make generate` writes, and `make check` compares.
GENERATED := bindings-python/python/processmind/_processmind.pyi bindings-python/python/processmind/exceptions.py \
	bindings-python/python/processmind/async_client.py bindings-node/ts/native.d.ts bindings-node/ts/errors.ts \
	tests/contract/cases.json docs/cli.md docs/guide/check.md

.PHONY: help demo test check generate bench bench-check bench-dataframe budget fuzz clean test-patience patience-built test-rust test-python test-node test-package test-api

help: ## Lists these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

demo: $(VENV)/package $(EMULATOR) target/debug/first-upload bindings-node/dist/built ## Runs the whole job in Python, Node and Rust against the emulator
	@$(PYTHON) examples/demo.py $(LOG) $(MODEL)

test: test-rust test-python test-node test-package test-api test-faults test-soak test-examples test-notebooks test-round-trip budget ## Runs every test of every language

test-rust: tools
	cargo test --workspace --exclude processmind-python --exclude processmind-node
	cargo test --package processmind-node

test-python: $(VENV)/package $(EMULATOR)
	$(PYTHON) -m pytest tests/python

test-node: bindings-node/dist/built $(EMULATOR)
	npm test

# Calls made up from the emulator's OpenAPI document: no 5xx, and no answer that it does not describe.
test-api: $(VENV)/tools $(EMULATOR)
	$(PYTHON) emulator/fuzz/run.py $(EMULATOR) 25 --seed 1

.PHONY: test-faults faults
# Every fault times every method times every client.
test-faults: $(VENV)/package $(EMULATOR) $(FAULT_DRIVER) bindings-node/dist/built
	$(PYTHON) tests/faults/run.py

faults: $(VENV)/package $(EMULATOR) $(FAULT_DRIVER) bindings-node/dist/built ## Writes the matrix of faults into docs/
	$(PYTHON) tests/faults/run.py --write

.PHONY: soak test-soak
SECONDS := 600
soak: $(VENV)/package $(VENV)/soak $(EMULATOR) $(FAULT_DRIVER) bindings-node/dist/built ## Uploads to another S3, then calls for ten minutes (SECONDS=600) while a fifth of all requests fails
	$(PYTHON) tests/faults/seaweed.py
	$(PYTHON) tests/faults/soak.py $(SECONDS)

test-soak: $(VENV)/package $(EMULATOR) $(FAULT_DRIVER) bindings-node/dist/built
	$(PYTHON) tests/faults/soak.py 60

.PHONY: test-examples test-notebooks test-round-trip
# The scripts and the recipes of `examples/`, as their readers run them.
test-examples: $(VENV)/package $(EMULATOR) target/debug/first-upload bindings-node/dist/built
	$(PYTHON) -m pytest tests/examples

test-notebooks: target/notebooks/built

target/notebooks/built: $(VENV)/package $(VENV)/notebooks $(EMULATOR) $(wildcard examples/notebooks/* examples/data/*)
	PROCESSMIND_EMULATOR=$(CURDIR)/$(EMULATOR) $(PYTHON) examples/notebooks/run.py target/notebooks
	touch $@

# Logs of every format through check, publish and read back, in every language.
test-round-trip: $(VENV)/package $(EMULATOR) bindings-node/dist/built target/debug/round-trip
	$(PYTHON) tests/round_trip/run.py $(LOGS)

FUZZ_TARGETS := presigned_url storage_error retry_after models bpmn event_log csv_rows
FUZZ_SECONDS := 60
FUZZ := PATH="$(CURDIR)/target/tools/bin:$$PATH" cargo +nightly fuzz run --target-dir target/fuzz
fuzz: $(VENV)/tools $(EMULATOR) target/tools/bin/cargo-fuzz ## Makes up calls to the emulator, and input for core's readers (FUZZ_SECONDS=60 for each)
	$(PYTHON) emulator/fuzz/run.py $(EMULATOR) 300
	for target in $(FUZZ_TARGETS); do \
		mkdir -p fuzz/corpus/$$target && \
		$(FUZZ) $$target fuzz/corpus/$$target fuzz/seeds/$$target -- -max_total_time=$(FUZZ_SECONDS) -timeout=10 -verbosity=0; \
	done

# The packages as they are installed, away from the source tree.
test-package: $(VENV)/package bindings-node/dist/built $(EMULATOR)
	$(PYTHON) -m pytest tests/python/pack.py
	npm run test:pack

test-patience: patience-built ## Runs what has to wait for real, for minutes, all of it at the same time
	$(PYTHON) tests/patience/run.py

patience-built: $(VENV)/package bindings-node/dist/built $(EMULATOR)
	cargo build --package processmind-patience

check: $(VENV)/package bindings-node/dist/built $(DENY) ## Checks formats, lints, types and that the generated files are up to date
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	$(DENY) check bans licenses sources
	$(VENV)/bin/ruff check && $(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	npm run check
	$(VENV)/bin/actionlint
	sha256sum $(GENERATED) > target/generated
	$(MAKE) generate
	sha256sum --check --quiet target/generated

generate: $(VENV)/tools node_modules/installed ## Writes the files that are generated from core
	cargo xtask
	$(PYTHON) bindings-python/generate_async.py
	$(PYTHON) tests/contract/expand.py
	npm run generate

bench: target/bench/built ## Measures the clients of every language against curl, requests, undici and others (QUICK=1: in a minute)
	target/bench/venv/bin/python benches/run.py $(if $(QUICK),--quick) $(if $(DOCS),--docs) $(BENCH)

# Release builds, installed as users install them, beside what they are compared with.
target/bench/built: node_modules/installed $(RUST_SOURCES) $(PYTHON_SOURCES) $(NODE_SOURCES) $(BENCH_SOURCES)
	cargo build --release --package processmind-benches
	python3 -m venv target/bench/venv
	target/bench/venv/bin/pip install --quiet --requirement benches/rivals/requirements.txt .
	npm run build
	rm -f bindings-node/dist/built
	npm pack --silent --pack-destination target/bench
	cp benches/rivals/package.json target/bench/
	npm install --silent --no-audit --no-fund --no-save --prefix target/bench target/bench/processmind-*.tgz
	cp -r benches/clients target/bench/
	touch $@

budget: $(VENV)/package bindings-node/dist/built target/debug/client ## Counts what the clients use, and fails where it is more than benches/budget.toml allows
	BENCH_RUST=target/debug $(PYTHON) benches/budget.py

target/debug/client: $(RUST_SOURCES) $(BENCH_SOURCES) | tools
	cargo build --package processmind-benches --features counts
	touch $@

.PHONY: dist test-dist test-roots
dist: $(VENV)/packaging node_modules/installed ## Builds what is published, as far as this machine can, into dist/
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(PYTHON) packaging/dist.py $(TARGETS)

test-dist: $(VENV)/packaging ## Installs what is in dist/ into clean environments and tries it
	$(PYTHON) -m pytest tests/packaging
	node --test tests/packaging/node.test.mjs

test-roots: $(VENV)/packaging ## Runs the quickstart of what is in dist/ in old and other Linux systems; needs root
	$(PYTHON) tests/packaging/roots.py $(ROOTS)

.PHONY: semver
# The release before, or what else is named; the first one has none.
BASELINE = $(shell git describe --tags --abbrev=0 --match 'v*' HEAD^ 2>/dev/null)
SEMVER = $(CURDIR)/target/tools/bin/cargo-semver-checks semver-checks --baseline-rev $(BASELINE) --default-features
semver: $(if $(BASELINE),target/tools/bin/cargo-semver-checks) ## Compares the crates with the release before (BASELINE=v1.2.3)
ifeq ($(BASELINE),)
	@echo "There is no release before this one: nothing can break."
else
	$(SEMVER) --package processmind --features arrow-ipc
	$(SEMVER) --package processmind-emulator --package processmind-cli
endif

.PHONY: pictures
pictures: $(VENV)/docs $(VENV)/package $(EMULATOR) ## Draws the command line in a terminal into docs/cli/
	PROCESSMIND_EMULATOR=$(CURDIR)/$(EMULATOR) $(PYTHON) docs/_build/pictures.py

.PHONY: docs
# What rustdoc shows of other crates' traits links to places that only their own documentation has.
docs: $(VENV)/docs node_modules/installed target/notebooks/built ## Builds the documentation site into target/site, and checks its links
	$(VENV)/bin/mkdocs build --quiet
	npx typedoc --logLevel Warn --treatWarningsAsErrors
	RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps --features processmind/arrow-ipc --package processmind --package processmind-emulator
	rm -rf target/site/rust && cp -r target/doc target/site/rust
	find target/site/rust -name '*.html' -exec perl -pi -e 's{<a href="(?:crate::|super::|dispatcher#)[^"]*">(.*?)</a>}{$$1}g' {} +
	$(VENV)/bin/linkchecker --no-status --no-warnings --ignore-url='^(https?|mailto):' target/site/index.html

bench-check: $(VENV)/tools ## Measures the check of a log of 1 GB against reading it with pandas and polars
	$(VENV)/bin/pip install --quiet . pandas polars
	$(PYTHON) benches/check.py
	rm -f $(VENV)/package

bench-dataframe: $(VENV)/tools ## Measures the upload of a data frame against writing it with Polars and pandas and sending it
	$(VENV)/bin/pip install --quiet . pandas polars pyarrow requests
	$(PYTHON) benches/dataframe.py
	rm -f $(VENV)/package

clean: ## Removes what was built
	rm -rf target $(VENV) node_modules bindings-node/dist demo-data

.PHONY: tools
tools:
	@for tool in cargo python3 node npm; do \
		command -v $$tool >/dev/null || { echo "Missing: $$tool. Needed are cargo, python3 (3.11 or newer) with pip, node (20 or newer) with npm, and make." >&2; exit 1; }; \
	done
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Too old: python3 is $$(python3 --version); 3.11 or newer is needed." >&2; exit 1; }
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { echo "Too old: node is $$(node --version); 20 or newer is needed." >&2; exit 1; }

$(VENV)/tools: pyproject.toml | tools
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet $$($(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["tools"])')
	touch $@

$(VENV)/docs $(VENV)/notebooks $(VENV)/packaging: pyproject.toml | $(VENV)/tools
	$(VENV)/bin/pip install --quiet $$($(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["$(notdir $@)"])')
	touch $@

$(VENV)/soak: pyproject.toml | $(VENV)/tools
	$(VENV)/bin/pip install --quiet $$($(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["soak"])')
	touch $@

$(VENV)/package: $(VENV)/tools $(RUST_SOURCES) $(PYTHON_SOURCES)
	$(VENV)/bin/maturin develop --quiet
	touch $@

node_modules/installed: package.json package-lock.json | tools
	npm ci --no-audit --no-fund
	touch $@

bindings-node/dist/built: node_modules/installed $(RUST_SOURCES) $(NODE_SOURCES)
	npm run build:debug
	touch $@

$(EMULATOR) target/debug/first-upload &: $(RUST_SOURCES) | tools
	cargo build --package processmind-emulator --package first-upload
	touch $(EMULATOR) target/debug/first-upload

$(FAULT_DRIVER): $(RUST_SOURCES) tests/faults/drivers/driver.rs | tools
	cargo build --package processmind-tests --bin fault-driver
	touch $@

target/debug/round-trip: $(RUST_SOURCES) tests/round_trip/driver.rs | tools
	cargo build --package processmind-tests --bin round-trip
	touch $@

target/tools/bin/cargo-fuzz:
	cargo install --locked cargo-fuzz --version 0.13.2 --root target/tools

target/tools/bin/cargo-deny:
	cargo install --locked cargo-deny --version 0.20.2 --root target/tools

target/tools/bin/cargo-semver-checks:
	cargo install --locked cargo-semver-checks --version 0.51.0 --root target/tools
