# The only front door. Every target makes the environment it needs.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help demo serve test conformance golden check chaos lint lock clean bench-cards bench-durability bench-delivery bench-growth bench-lateness bench-reclaim bench-quotes bench-web screenshots lighthouse

help:  ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## / — /' | sort

$(INSTALLED): requirements-dev.lock pyproject.toml package-lock.json hatch_build.py
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Pullquote needs Python 3.11 or newer; set PYTHON=python3.12, say.")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

serve: $(INSTALLED)  ## the pages and the daemon, on queue.db in this folder
	@test -f queue.db || $(BIN)/pullquote init --name "My newsroom"
	$(BIN)/pullquote run

demo: $(INSTALLED)  ## import an article, make its pieces, schedule and send them to a demo receiver
	$(BIN)/pullquote demo

test: check .unicode  ## the checks and the tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --quiet

.unicode:  # Unicode's own tests of text layout, where npm is there to fetch them
	@$(PYTHON) -m tools.unicode_tests

conformance: $(INSTALLED) .unicode  ## every case of Unicode's own tests of text layout: `make test` runs a part
	CONFORMANCE=all $(BIN)/python -m pytest --quiet tests/render/layout/test_conformance.py

golden: $(INSTALLED)  ## draw the golden cards anew; look at each before you commit it
	$(BIN)/python -m tests.render.golden

check: $(INSTALLED)  ## ruff, mypy --strict and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(INSTALLED)  ## let ruff format and fix what it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

chaos: $(INSTALLED)  ## kill, stall and simulate for a quarter of an hour, and print what the books say
	$(BIN)/python -m tests.chaos $(CHAOS)

bench-lateness: $(INSTALLED)  ## how late the next due delivery goes out, with 10,000 behind it
	$(BIN)/python -m bench.lateness

bench-delivery: $(INSTALLED)  ## mail one by one and in batches, posts due together, a growing queue (SCALE=0.1 for a short run)
	$(BIN)/python -m bench.delivery

bench-growth: $(INSTALLED)  ## what a due delivery costs with 10,000 to 1,000,000 waiting, on both databases
	$(BIN)/python -m bench.growth

bench-reclaim: $(INSTALLED)  ## how soon another worker goes on after kill -9 of one
	$(BIN)/python -m bench.reclaim

bench-durability: $(INSTALLED)  ## what it costs that a mark survives a power failure
	$(BIN)/python -m bench.durability

bench-quotes: $(INSTALLED)  ## how well quotes and speakers are found, and how fast
	$(BIN)/python -m bench.quotes

bench-cards: $(INSTALLED)  ## what a card costs; PEERS=1 installs @vercel/og and Chromium's driver to compare
	PEERS=$(PEERS) $(BIN)/python -m bench.cards

screenshots: $(INSTALLED)  ## every page at two widths, light and dark, empty and full, into screenshots/ [ONLY="part of a name"]
	$(BIN)/python -m tests.browser.screenshots $(ONLY)

bench-web: $(INSTALLED)  ## what a page costs, with a million deliveries in the database [SCALE=0.1]
	$(BIN)/python -m bench.web

lock:  ## pin every dependency with its hashes (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra fast --extra postgres pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra fast --extra postgres --group dev pyproject.toml --output-file requirements-dev.lock

clean:  ## remove the environment and the caches
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
