# One entry point for people and CI. `make demo` and `make test` build .venv the first time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Label Studio lives in an environment of its own: its pins collide with ours.
LABEL_STUDIO := .venv-label-studio
LABEL_STUDIO_READY := $(LABEL_STUDIO)/.ready
EXAMPLE := examples/tallow_wharf
DATA ?= $(EXAMPLE)
OUT ?= out/demo
CODEBOOK ?= $(if $(filter $(EXAMPLE),$(DATA)),annotations/codebooks/north_westminster_six.toml)
export HF_HUB_OFFLINE := 1

# By as many processes at once. What starts servers, browsers and programs comes after the rest, so
# that no process that ran thousands of other tests stands under it.
PROCESSES ?= 2
STARTING := tests/browser tests/cli tests/flows tests/labelstudio
PYTEST := $(BIN)/python -m pytest -n $(PROCESSES) --dist loadfile

.PHONY: demo example test tests check format lint types laws audit bench constraints styles label-studio serve
ifeq ($(DATA),$(EXAMPLE))
demo: export LISTENING_PROGRAMME := Tallow Wharf, a made-up example
endif
demo: $(READY)
	@$(BIN)/listening run $(DATA) --out $(OUT) $(if $(CODEBOOK),--codebook $(CODEBOOK))

# The example as a programme of the pages, with an administrator: then `make serve`, and sign in.
example: $(READY)
	@$(BIN)/listening example $(EXAMPLE) --programme examples/programme_tallow_wharf.toml --codebook annotations/codebooks/north_westminster_six.toml

test: $(READY) tests

check: $(READY) $(LABEL_STUDIO_READY) lint types laws audit tests

tests:
	@$(PYTEST) $(STARTING:%=--ignore=%); first=$$?; \
	$(PYTEST) $(STARTING) && exit $$first

# The whole system (Procfile): the pages, Prefect's server, its worker and Label Studio, until Ctrl-C.
# Each part reads .env itself.
PORT ?= 8000
LISTENING_PREFECT_URL ?= http://127.0.0.1:4200/api
serve: $(READY) $(LABEL_STUDIO_READY)
	@PATH="$(CURDIR)/$(BIN):$$PATH" PYTHONUNBUFFERED=1 LISTENING_PREFECT_URL=$(LISTENING_PREFECT_URL) \
	  $(BIN)/honcho --env /dev/null start --port $(PORT)

label-studio: $(LABEL_STUDIO_READY)

lint: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(READY)
	@$(BIN)/mypy

laws: $(READY)
	@$(BIN)/lint-imports --no-cache

# Known faults and licences of what we stand on. pip-audit has an environment of its own; where it
# cannot be had, licences are read all the same.
AUDIT := .venv-audit
audit: $(READY)
	@test -x $(AUDIT)/bin/pip-audit || { $(PYTHON) -m venv $(AUDIT) && \
	  $(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1; } || true
	@if test -x $(AUDIT)/bin/pip-audit; then $(AUDIT)/bin/python -m tools.audit; \
	else echo "known faults: NOT CHECKED, pip-audit cannot be had"; $(BIN)/python -m tools.audit --licences; fi

format: $(READY)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY)
	@$(BIN)/python -m benchmarks.run_all

# uv is used where it is present: seconds instead of minutes. It does not read pip's own settings,
# so a folder of wheels set for pip is handed on.
$(READY): pyproject.toml constraints.txt
	@echo "Building $(VENV) (the first time takes a few minutes) ..."
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed." if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@if command -v uv >/dev/null 2>&1; then \
	  UV_FIND_LINKS="$${UV_FIND_LINKS:-$$PIP_FIND_LINKS}" uv pip install --quiet --compile-bytecode --python $(BIN)/python -c constraints.txt -e '.[dev]'; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'; \
	fi
	@touch $(READY)

$(LABEL_STUDIO_READY): constraints-label-studio.txt
	@echo "Building $(LABEL_STUDIO) (the first time takes a few minutes) ..."
	@test -x $(LABEL_STUDIO)/bin/python || $(PYTHON) -m venv $(LABEL_STUDIO)
	@if command -v uv >/dev/null 2>&1; then \
	  UV_FIND_LINKS="$${UV_FIND_LINKS:-$$PIP_FIND_LINKS}" uv pip install --quiet --compile-bytecode --python $(LABEL_STUDIO)/bin/python -r constraints-label-studio.txt; \
	else \
	  $(LABEL_STUDIO)/bin/python -m pip install --quiet --disable-pip-version-check -r constraints-label-studio.txt; \
	fi
	@touch $(LABEL_STUDIO_READY)

# The pages' styles and script, from GOV.UK Frontend's own sources. Only whoever changes them needs Node.
PAGES := src/listening/web
GOVUK := out/govuk
# what tus-js-client's one file holds
TUS_PARTS := tus-js-client js-base64 url-parse querystringify requires-port base64-js buffer ieee754
styles:
	@npm install --silent --no-save --prefix $(GOVUK) govuk-frontend@6.6.0 sass@1.108.2 \
	  tus-js-client@4.3.1 buffer@5.2.1
	@$(GOVUK)/node_modules/.bin/sass --load-path=$(GOVUK)/node_modules --style=compressed --no-source-map \
	  $(PAGES)/styles/site.scss $(PAGES)/static/listening/site.css
	@cp $(GOVUK)/node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js $(PAGES)/static/listening/
	@cp $(GOVUK)/node_modules/tus-js-client/dist/tus.min.js $(PAGES)/static/listening/
	@cd $(GOVUK)/node_modules && for part in $(TUS_PARTS); do echo "== $$part"; cat $$part/LICENSE*; echo; done \
	  > $(CURDIR)/$(PAGES)/static/listening/LICENCE-tus.txt

# Writes constraints.txt from what is installed: names and versions alone.
constraints:
	@$(BIN)/python -m pip freeze --exclude-editable | sed 's/ @ .*//; s/+cpu$$//' | grep '==' | grep -v -E '^(listening|uv)==' > constraints.txt
