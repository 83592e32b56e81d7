# make run     install, then open the window with the sample picture (without a display: see it in out/)
# make test    install, then lint, types, import contracts, tests
# make bench   seconds per picture, and how quick the window is, on this machine
# make installers  the installers of this system, in dist/ (packaging/README.md)
# make lock    write the versions installed in .venv to requirements.lock
# make clean   remove everything that these made

SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DELETE_ON_ERROR:

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --constraint requirements.lock
RUN_STAMP := .venv/installed-run
TEST_STAMP := .venv/installed-test

.PHONY: run test lint bench installers lock clean

run: $(RUN_STAMP)
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] || [ "$$(uname)" = Darwin ]; then \
	    exec $(BIN)/scumble --sample; \
	else \
	    exec $(BIN)/scumble --demo out; \
	fi

test: lint
	@# Qt's missing system libraries have names; pytest's own message would not say which packages have them.
	QT_QPA_PLATFORM=offscreen $(BIN)/python -c 'import os, sys; from desktop_app.system_libraries import problem_of_system; sys.exit(problem_of_system(os.environ))'
	@# Two at a time; those of one file stay together, for what they share.
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

lint: $(TEST_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports

bench: $(RUN_STAMP)
	$(BIN)/python -m engine.benchmark
	$(BIN)/python -m desktop_app.benchmark
	$(BIN)/python -m desktop_app.benchmark_queue
	$(BIN)/python -m desktop_app.benchmark_masks

# An environment of its own is made for them: the bundle holds what the program needs, and not what tests need.
installers: $(BIN)/python
	$(BIN)/python packaging/make_installers.py

lock: $(TEST_STAMP)
	@{ echo "# The versions that the project is developed and tested with: a constraints file for pip, made by 'make lock'."; \
	   $(BIN)/python -m pip freeze --all --exclude pip --exclude-editable | sed 's/+[a-z0-9.]*$$//'; } > requirements.lock.new
	mv requirements.lock.new requirements.lock

clean:
	rm -rf .venv out build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than the files that decide what is installed, so that a second start installs nothing.
$(RUN_STAMP): $(BIN)/python pyproject.toml requirements.lock
	$(INSTALL) --editable .
	@touch $@

$(TEST_STAMP): $(BIN)/python pyproject.toml requirements.lock
	$(INSTALL) --editable '.[dev,train]'
	@touch $@ $(RUN_STAMP)

# Debian's python3 has no ensurepip without its package python3-venv; its pip can install pip into .venv as well.
$(BIN)/python:
	@for name in python3.13 python3.12 python3.11 python3; do \
	    if "$$name" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        echo "Making .venv with $$name"; \
	        if "$$name" -c 'import ensurepip' 2>/dev/null; then \
	            exec "$$name" -m venv .venv; \
	        elif "$$name" -m pip --version >/dev/null 2>&1; then \
	            "$$name" -m venv --without-pip .venv; \
	            exec "$$name" -m pip --python $(BIN)/python install pip; \
	        fi; \
	    fi; \
	done; \
	echo 'Scumble needs Python 3.11 or newer with pip. On Debian or Ubuntu: sudo apt-get install python3 python3-venv python3-pip' >&2; \
	exit 1
