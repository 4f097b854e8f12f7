# Everything that a developer does, one word each. `make` alone lists them.
# It needs Python 3.11 or newer with pip, and make; the rest is fetched into .venv and var/.

PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
UV ?= $(shell command -v uv 2>/dev/null || echo var/uv/bin/uv)
CITY ?=
ARGS ?=
HERE = .venv/bin/python -m

export UV_PYTHON_DOWNLOADS = never
export UV_LINK_MODE ?= copy

.PHONY: help setup demo test check bench accuracy messages screenshots assets stop clean lock

help: ## List these words
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

setup: .venv/.ready ## Make .venv, with exactly what uv.lock names

demo: setup ## Watch a whole city go through, then open the pages on http://localhost:8000
	$(HERE) sertakan.cli demo $(ARGS)

test: setup ## Run the tests, e.g. make test ARGS="-k claims"
	$(HERE) pytest $(ARGS)

check: setup ## All that must hold before a commit, except the tests; changes no file
	$(HERE) ruff format --check .
	$(HERE) ruff check .
	$(HERE) mypy
	.venv/bin/lint-imports
	.venv/bin/python manage.py makemigrations --check --dry-run

bench: setup ## Measure speed and memory with 16,000, 100,000 and 1,000,000 rows
	$(HERE) sertakan.cli bench $(ARGS)

accuracy: setup ## Compare what is found in a city's rosters with its truth: make accuracy CITY=path
	@test -n "$(CITY)" || { echo 'Name the folder of a city: make accuracy CITY=path' >&2; exit 2; }
	$(HERE) sertakan.rosters.accuracy "$(CITY)"

messages: setup ## Gather the messages to translate into sertakan/locale, and compile them
	.venv/bin/python tools/messages.py

screenshots: setup ## Take the pictures of docs/images; needs chromium
	.venv/bin/python tools/screenshots.py

assets: ## Fetch and cut down the styles, typeface and icons that the templates use; needs npm
	cd tools/vendor && npm ci --silent --no-audit --no-fund && node vendor.mjs

stop: ## Stop the PostgreSQL server of this checkout
	@test ! -x .venv/bin/python || $(HERE) sertakan.cli stop

clean: stop ## Remove what can be made again; records and keys under var/ stay
	rm -rf .venv var/uv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

lock: $(UV) ## Renew uv.lock
	"$(UV)" lock

.venv/.ready: pyproject.toml uv.lock | $(UV)
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer is needed.' >&2; exit 2; }
	"$(UV)" sync --quiet --locked --all-extras --python "$(PYTHON)"
	@touch .venv/.ready

# Where the machine has no uv: a small environment of its own for it, made with whatever pip there is.
var/uv/bin/uv:
	@test -n "$(PYTHON)" || { echo 'Python 3.11 or newer is needed.' >&2; exit 2; }
	@mkdir -p var
	@"$(PYTHON)" -m venv --clear var/uv 2>/dev/null || "$(PYTHON)" -m venv --clear --without-pip var/uv
	@if [ -x var/uv/bin/pip ]; then var/uv/bin/python -m pip install --quiet uv; \
	else "$(PYTHON)" -m pip --python var/uv/bin/python install --quiet uv; fi
