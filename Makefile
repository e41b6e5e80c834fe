.PHONY: help check test bench synth demo start

help: ## What there is to run
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

check: ## Format, lint, import directions, purity, types, dead code
	npm run -s check

test: ## The whole suite, offline
	npm test

bench: ## Measures what is optimised, writes bench/results.md
	npm run -s bench

synth: ## The CloudFormation of the system, offline
	npm run -s synth

demo: ## The main job on real data, then http://127.0.0.1:8787
	npm run -s demo

start: ## API and status page on http://127.0.0.1:8787
	npm run -s start
