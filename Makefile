# Two commands do everything on a fresh machine: `make demo` and `make test`.

PYTHON ?= python3
BIN := .venv/bin
ACCELERATOR := rooms/media/accelerated.abi3.so

.PHONY: demo test check fmt bench bench-media faults fuzz lint types js unit clean

demo: .venv/ready $(ACCELERATOR)
	$(BIN)/python -m server demo $(DEMO)

# Two tests run beside each other, one by one in their order; TESTS="-n 0 FILE" for a part.
test: packages $(ACCELERATOR) check tests/devices/node_modules/ready
	$(BIN)/python -m pytest --numprocesses 2 --dist loadgroup $(TESTS)

check: lint types js

lint: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: .venv/ready-dev
	$(BIN)/mypy

js: web/node_modules/ready
	cd web && npx --no-install tsc -p tsconfig.json
	cd tests/web/js && node --test

fmt: .venv/ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# BENCH=--short takes three minutes, BENCH="--short --json FILE" keeps the figures.
bench-media: .venv/ready-dev $(ACCELERATOR)
	@sh .ci/packages bench || true # without Janus the others are measured
	$(BIN)/python -m tests.benchmarks.media $(BENCH)

bench: .venv/ready-dev
	$(BIN)/python -m tests.benchmarks

# Real browsers behind bad lines, and floods, some forty minutes; FAULTS="--only blackouts" for a part.
faults: packages $(ACCELERATOR) .venv/ready-dev
	$(BIN)/python -m tests.faults $(FAULTS)

# Five minutes of nonsense for every parser; FUZZ="--seconds 60 --only sdp" for a part.
fuzz: $(ACCELERATOR) .venv/ready-dev
	$(BIN)/python -m tests.fuzz $(FUZZ)

clean:
	rm -rf .venv web/node_modules tests/devices/node_modules artefacts .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -f $(ACCELERATOR)

# What the machine itself must have: Chromium, redis-server, Node. On Debian and
# Ubuntu root gets it installed; anybody else is told in one line what to install.
.PHONY: packages
packages:
	@sh .ci/packages test

.venv/ready: pyproject.toml
	@sh .ci/packages python
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/ready-dev: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

# Where there is a C compiler. Without one everything works as well, only not as fast.
$(ACCELERATOR): rooms/media/accelerated.c .venv/ready
	@sh .ci/accelerator $(BIN)/python

# Cameras and players that nobody here wrote, for tests alone.
tests/devices/node_modules/ready: tests/devices/package.json tests/devices/package-lock.json
	@sh .ci/packages node
	cd tests/devices && npm ci --no-audit --no-fund --loglevel=error
	touch $@

web/node_modules/ready: web/package.json web/package-lock.json
	@sh .ci/packages node
	cd web && npm ci --no-audit --no-fund --loglevel=error
	touch $@
