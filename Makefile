# The commands of this project; `make help` lists them. The work itself is done by the scripts in .ci/.
#
#   make run   PORT=8080 DEMO=1 TLS=0   on this machine, for the whole network
#   make test  the same checks that CI runs

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run dev test lint fmt bench clean

PORT ?= 8080
DEMO ?= 1
TLS ?= 0
export PORT DEMO TLS

help: ## List these commands
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

setup: ## Install what building and testing need and is missing (says what)
	@.ci/setup run test

run: ## Build and start everything (PORT=8080; DEMO=0 starts empty; TLS=1 for phones)
	@.ci/start

dev: ## Build for development, start everything, rebuild what changes
	@.ci/dev

test: ## Format and lint checks, Rust tests on both databases, browser tests
	@.ci/test

lint: ## Only the format and lint checks
	@.ci/test lint

fmt: ## Format the Rust and TypeScript sources
	@.ci/setup run e2e
	@cargo fmt --all
	@npm --prefix e2e run --silent format

bench: ## Measure requests, joining, pages, what media bears, and sizes (JANUS=/usr: Janus as well)
	@.ci/bench

clean: ## Remove everything built (data/ stays)
	rm -rf target web/dist web/pkg web/node_modules e2e/node_modules e2e/results e2e/screenshots
