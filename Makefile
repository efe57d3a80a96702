# Needs git, make, Python 3.10 or newer and Node 20 or newer. Everything else goes into .venv
# and js/node_modules; nothing outside this folder is touched, except that `make test` installs
# Debian's Chromium, Firefox and WebKit where there is none.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test test-lowest test-grading nightly mutants mutants-python mutants-js bench wheel lite site slides dev
.PHONY: clean front-end
.PHONY: check-python check-types check-js check-coverage check-pytest browsers

# ------------------------------------------------------------------- settings

# The first of these that is new enough and can make an environment. Another: make PYTHON=...
usable = $(shell for python in $(1); do \
	"$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' \
	>/dev/null 2>&1 && { echo "$$python"; break; }; done)
ifndef PYTHON
PYTHON := $(call usable,python3 python3.13 python3.12 python3.11 python3.10 python)
endif
# The oldest Python for the oldest releases of what we depend on.
ifndef LOWEST_PYTHON
LOWEST_PYTHON := $(call usable,python3.10 python3.11 $(PYTHON))
endif

BIN := .venv/bin
LOWEST_BIN := .venv-lowest/bin
NPM := npm --prefix js --silent
# Where the browsers are that the tests drive.
BROWSERS = MICROGRADWIDGETS_CHROMIUM="$$(scripts/browser.sh chromium)" \
	MICROGRADWIDGETS_FIREFOX="$$(scripts/browser.sh firefox)" \
	MICROGRADWIDGETS_WEBKIT="$$(scripts/browser.sh webkit 2>/dev/null)"
# Given to pytest and to `microgradwidgets demo`, for instance
#   make test PYTEST_ARGS="-x -k diagram"      make demo DEMO_ARGS="--port 9000 -- --ip=0.0.0.0"
MINUTES ?= 60
NIGHTLY_ARGS ?=
PYTEST_ARGS ?=
DEMO_ARGS ?=
# Groups of tests/mutation/groups.py or js/mutation/groups.mjs; all, if none is named.
MUTANTS ?=

# A user's own settings do not reach into our environments.
unexport PYTHONPATH PYTHONHOME
export PIP_USER := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

# -------------------------------------------------------------------- targets

help:  ## print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: .venv/.installed  ## open the course in JupyterLab and print the link
	$(BIN)/microgradwidgets demo $(DEMO_ARGS)

test: .venv/.installed browsers check-python check-types check-js check-coverage test-lowest test-grading check-pytest  ## run everything that must hold

test-lowest: .venv-lowest/.installed  ## run the Python tests on the oldest supported dependencies
	@echo "== pytest, oldest dependencies ($$($(LOWEST_BIN)/python -V))"
	@# Depth is a matter of the interpreter; campaigns are long and asked for once.
	@$(LOWEST_BIN)/python -m pytest -qq --ignore=tests/browser --ignore=tests/test_depth.py \
		--ignore=tests/test_campaigns.py \
		-m "not browser and not packaging and not grading"

test-grading: .venv-grading/.installed  ## grade a lesson by nbgrader and by Otter
	@echo "== pytest, with nbgrader and Otter"
	@.venv-grading/bin/python -m pytest -qq tests/grading

nightly: .venv/.installed browsers  ## try the promises on random cases for MINUTES=60
	@$(BROWSERS) $(BIN)/python -m tests.nightly --minutes $(MINUTES) $(NIGHTLY_ARGS)

mutants: mutants-python mutants-js  ## put thousands of small faults into the code: does a test notice each?

mutants-python: .venv-mutation/.installed  ## those of the Python code (MUTANTS="nn tape")
	@.venv-mutation/bin/python -m tests.mutation $(MUTANTS)

mutants-js: front-end js/mutation/node_modules/.package-lock.json  ## those of the front end (MUTANTS="replay")
	@$(BIN)/python -m tests.mutation.page $(MUTANTS)

bench: .venv/.installed  ## print the table of benchmarks
	$(BIN)/python -m tests.benchmarks

wheel: .venv/.created  ## write the wheel into dist/; installing it needs no Node
	$(BIN)/python -m pip wheel -qq --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

lite: .venv-lite/.installed  ## write the course with a Python for the browser into dist/lite/
	@.venv-lite/bin/python -m scripts.lite

site: lite  ## write the course, a gallery and the API reference, all static, into dist/site/
	@.venv-lite/bin/python -m scripts.site

slides: .venv/.installed  ## write the lecture of the course as a deck, into dist/slides/
	@$(BIN)/python -m nbconvert --log-level=ERROR --to microgradslides --execute \
		--output-dir dist/slides notebooks/08_a_lecture.ipynb
	@ls dist/slides/08_a_lecture.slides.html

dev: .venv/.installed  ## JupyterLab that redraws the open cell whenever js/src is saved
	@$(NPM) run dev & watcher=$$!; trap 'kill $$watcher 2>/dev/null' EXIT INT TERM; \
	ANYWIDGET_HMR=1 $(BIN)/microgradwidgets demo --dir notebooks $(DEMO_ARGS)

clean:  ## remove everything that was built or installed here
	rm -rf .venv .venv-lowest .venv-lite .venv-grading .venv-mutation dist build microgradwidgets/views/static
	rm -rf js/node_modules js/mutation/node_modules js/mutation/.work
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results
	find microgradwidgets tests scripts notebooks -name __pycache__ -type d -prune -exec rm -rf {} +

# ----------------------------------------------------------- the parts of `test`

check-python: .venv/.installed
	@echo "== ruff"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

check-types: .venv/.installed
	@echo "== mypy --strict"
	@$(BIN)/mypy

check-js: front-end
	@echo "== tsc, Biome, vitest"
	@$(NPM) run check
	@$(NPM) run lint
	@$(NPM) run test

# Each module by its own examples and by the tests of its own name, with few random examples. The
# whole suite would cover more by accident, and take longer.
CORE = $(wildcard microgradwidgets/*.py)
CORE_TESTS = $(wildcard $(CORE:microgradwidgets/%.py=tests/test_%.py))

check-coverage: .venv/.installed
	@echo "== every line and branch of the core is tested"
	@HYPOTHESIS_PROFILE=quick $(BIN)/python -m pytest -qq -n auto -m "not browser and not packaging" \
		--cov --cov-report=term $(CORE) $(CORE_TESTS)

# Looked for first, because an hour of tests is a long time to wait for the news. Without WebKit
# the tests in it are skipped, and say so.
browsers:
	@scripts/browser.sh chromium >/dev/null
	@scripts/browser.sh firefox >/dev/null
	@scripts/browser.sh webkit >/dev/null || echo "going on without WebKit"

# Last, so that its summary is the last thing on the screen.
check-pytest: .venv/.installed
	@echo "== pytest, without a browser"
	@# Exit code 5: nothing was selected, as with PYTEST_ARGS="-k ..." that means the other part.
	@$(BIN)/python -m pytest -n auto -m "not browser and not grading" $(PYTEST_ARGS) || test $$? -eq 5
	@echo "== pytest, in browsers"
	@$(BROWSERS) $(BIN)/python -m pytest tests/browser $(PYTEST_ARGS) || test $$? -eq 5

# --------------------------------------------------------------- environments

.venv/.created:
	@test -n "$(PYTHON)" || { echo >&2 "expected Python 3.10 or newer with its venv module\
	 (Debian: apt-get install python3-venv), got: none. Name one by make PYTHON=..."; exit 1; }
	@echo "== making .venv with $$($(PYTHON) -V)"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install -qq 'hatchling>=1.29'
	@touch $@

# Answers at once when nothing has changed since the last build.
front-end: .venv/.created
	@$(BIN)/python hatch_build.py

.venv/.installed: pyproject.toml .venv/.created | front-end
	@echo "== installing into .venv"
	@$(BIN)/python -m pip install -qq --editable '.[dev]'
	@touch $@

# Apart from the packages of the front end, which it would make half as large again.
js/mutation/node_modules/.package-lock.json: js/mutation/package-lock.json
	@echo "== installing Stryker into js/mutation"
	@npm --prefix js/mutation --silent ci --ignore-scripts --no-audit --no-fund

.venv-lite/.installed: pyproject.toml .venv/.created | front-end
	@echo "== installing JupyterLite into .venv-lite"
	@$(PYTHON) -m venv --clear .venv-lite
	@.venv-lite/bin/python -m pip install -qq --editable '.[lite]'
	@touch $@

# nbgrader and Otter bring extensions of JupyterLab with them, which would change ours.
.venv-grading/.installed: pyproject.toml .venv/.created | front-end
	@echo "== installing nbgrader and Otter into .venv-grading"
	@$(PYTHON) -m venv --clear .venv-grading
	@.venv-grading/bin/python -m pip install -qq --editable '.[grading,test]'
	@touch $@

.venv-mutation/.installed: pyproject.toml .venv/.created | front-end
	@echo "== installing mutmut into .venv-mutation"
	@$(PYTHON) -m venv --clear .venv-mutation
	@.venv-mutation/bin/python -m pip install -qq --editable '.[mutation]'
	@touch $@

.venv-lowest/.installed: pyproject.toml scripts/lower_bounds.py | .venv/.installed
	@echo "== installing the oldest dependencies into .venv-lowest ($$($(LOWEST_PYTHON) -V))"
	@$(LOWEST_PYTHON) -m venv --clear .venv-lowest
	@$(BIN)/python scripts/lower_bounds.py > .venv-lowest/constraints.txt
	@$(LOWEST_BIN)/python -m pip install -qq --only-binary :all: \
		--constraint .venv-lowest/constraints.txt --editable '.[export,static,test]'
	@touch $@
