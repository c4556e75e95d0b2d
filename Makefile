# The verbs of this project. `make` runs every notebook and writes readable pages; `make test` checks everything.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: all setup test lab notebooks check format browser spark bench bench-events lock clean

all: $(READY)  ## run every notebook, write HTML into reports/
	$(BIN)/python tools/notebooks.py report

setup: $(READY)

# uv installs in seconds what pip does in a minute; where it cannot be had, pip reads the same lock.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "valuecreation needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv || true
	if [ -x $(BIN)/uv ]; then \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements.lock \
	  && $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock \
	  && $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . ; \
	fi
	touch $(READY)

test: $(READY)  ## library tests and notebooks together
	$(BIN)/python -m pytest -n auto --dist loadscope

lab: $(READY)  ## open JupyterLab on the start notebook
	$(BIN)/jupyter lab notebooks/00-start.ipynb

notebooks: $(READY)  ## execute all notebooks in place, byte for byte the same each time
	$(BIN)/python tools/notebooks.py execute

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

browser: $(READY)  ## drive JupyterLab in chromium; skipped with a reason where there is none
	$(BIN)/python -m pytest -m browser tests/browser -rs

# In an environment of its own: with Spark comes pyarrow, and then pandas keeps texts in another way than for everybody else.
spark: $(READY)  ## the tests of events on Spark too; skipped with a reason where there is no Java 17
	@if java -version 2>&1 | grep -Eq 'version "(17|21)'; then \
	  $(PYTHON) -m venv --clear .venv-spark \
	  && if [ -x $(BIN)/uv ]; then \
	    $(BIN)/uv pip install --quiet --python .venv-spark/bin/python --require-hashes -r requirements.lock \
	    && $(BIN)/uv pip install --quiet --python .venv-spark/bin/python -r pyproject.toml --extra spark ; \
	  else .venv-spark/bin/python -m pip install --quiet -r requirements.lock \
	    && .venv-spark/bin/python -m pip install --quiet '.[spark]' ; fi \
	  && .venv-spark/bin/python -m pytest -m spark tests/test_events.py -rs ; \
	else echo "skipped: Spark needs Java 17 or 21, and 'java -version' does not say so here" ; fi

bench: $(READY)  ## time and memory, each beside a plain-pandas version in the same run
	$(BIN)/python -m benchmarks

bench-events: $(READY)  ## a million and ten million events on every engine; writes benchmarks/events.json
	$(BIN)/python -m benchmarks.events 1000000 10000000

lock: $(READY)  ## pin again, for every platform, without a registry's address
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --group dev \
	  --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv .venv-spark reports .pytest_cache .ruff_cache .hypothesis
