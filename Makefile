# make demo   sets up .venv, generates a contest at the size of 2017, places it, shows two letters
# make test   sets up and passes every test
# make serve  sets up and serves a demonstration of the web application on this machine
# make setup  leaves .venv/bin/portaria
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CORE := .venv/.core
WEB := .venv/.web
DEV := .venv/.dev

.PHONY: setup demo serve parts test test-long bench bench-web lint format lock catalogues clauses hooks clean

setup: $(CORE)

$(CORE): requirements/core.txt pyproject.toml hatch_build.py $(wildcard src/portaria/locale/*/LC_MESSAGES/*.po)
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "A instalar as dependências em .venv …"
	@$(PIP) install --require-hashes -r requirements/core.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(WEB): requirements/web.txt $(CORE)
	@echo "A instalar a aplicação web em .venv …"
	@$(PIP) install --require-hashes -r requirements/web.txt
	@touch $@

$(DEV): requirements/dev.txt $(CORE)
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

demo: setup
	@$(BIN)/python tools/demo.py demo

serve: $(WEB)
	@$(BIN)/portaria serve --demo --data demo/web

# What tests need beyond Python packages; where it cannot be installed, they skip and say so.
APT := [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || (apt-get -qq update && \
	apt-get -qq install -y --no-install-recommends
parts:
	@command -v java >/dev/null || $(APT) default-jre-headless)
	@command -v chromium >/dev/null || $(APT) chromium)

test: $(DEV) parts
	$(BIN)/pytest -n 2 --dist loadfile -m "not long"
	PORTARIA_TEST_DATABASE=postgresql $(BIN)/pytest -n 2 --dist loadfile -m "not long" tests/web

test-long: $(DEV) parts
	$(BIN)/pytest -n 2 --dist worksteal

bench: $(DEV)
	$(BIN)/python -m benchmarks

bench-web: $(DEV)
	$(BIN)/python -m benchmarks.web
	$(BIN)/python -m benchmarks.web --database postgresql

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PORTARIA_DATA=.venv/lint $(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Lock files carry hashes and no registry's address. Needs uv on the path.
LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" pyproject.toml
lock:
	$(LOCK) --group build -o requirements/core.txt
	$(LOCK) --extra web --group build -o requirements/web.txt
	$(LOCK) --extra web --group build --group dev -o requirements/dev.txt

# Collect the sentences of the code into the catalogues; translate the new ones by hand after.
catalogues: $(DEV)
	$(BIN)/python tools/catalogues.py

# Write the clause pages of docs/ from the registers, the editions and the tests.
clauses: $(DEV)
	$(BIN)/python tools/clause_pages.py

hooks: $(DEV)
	$(BIN)/pre-commit install

clean:
	rm -rf .venv demo build dist
