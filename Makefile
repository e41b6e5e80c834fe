# Every target is a thin call of sigma. The variables below reach it as they are: make hands them over unexpanded, in the
# environment, and the shell quotes them, so that a value is never a command.
SIGMA ?= node cli/sigma.mjs

VARIABLES := PACK_ID MODEL_ID TICKER START END ASSET HORIZON CADENCE DISTANCE_MAX THRESHOLDS TOP_PCT SPLITS EMBARGO \
	ALLOWED_HOURS CALIBRATION TARGET MOMENTUM_MIN MOMENTUM_COLUMN SWEEP_ID TAG LIMIT
$(foreach name,$(VARIABLES),$(if $(filter-out undefined,$(origin $(name))),$(eval override $(name) := $$(value $(name)))))
export $(VARIABLES)

# An option where its variable says something: $(call opt,START,start) is ${START:+--start="$START"}.
opt = $${$(1):+--$(2)="$$$(1)"}
PACK = $(call opt,PACK_ID,pack)
WINDOW = $(call opt,TICKER,ticker) $(call opt,START,start) $(call opt,END,end) $(call opt,DISTANCE_MAX,distance-max)
SPLIT = $(call opt,SPLITS,splits) $(call opt,EMBARGO,embargo)
EVALUATION = $(call opt,THRESHOLDS,thresholds) $(call opt,TOP_PCT,top-pct) $(SPLIT) $(call opt,ALLOWED_HOURS,hours) \
	$(call opt,CALIBRATION,calibration) $(call opt,TAG,tag)
GATED = --gated $(call opt,MOMENTUM_MIN,momentum-min) $(call opt,MOMENTUM_COLUMN,momentum-column)
LISTED = $(call opt,MODEL_ID,model) $(PACK) $(call opt,TAG,tag) $(call opt,LIMIT,limit)
# What comes after "--" is no option, whatever it begins with.
MODEL = -- $${MODEL_ID:+"$$MODEL_ID"}
IN_PACK = -- $${PACK_ID:+"$$PACK_ID"}

.DEFAULT_GOAL := help
TARGETS := help check test bench synth demo start ui health check-backend db-migrate packs pack-detail pack-templates \
	pack-indicators pack-models indicators indicators-groups test-indicators init init-auto models validate-policy preview build \
	runs-build backtest backtest-gated leaderboard calibrate-thresholds sweep-config sweep-run sweeps sweep train runs-train \
	pipeline pipeline-gated smoke alerts
.PHONY: $(TARGETS)

help: ## What there is to run, and with which variables
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | while IFS="$$(printf '\t')" read -r name what; do printf '  make %-21s %s\n' "$$name" "$$what"; done
	@echo
	@echo "Variables: $(VARIABLES)"
	@echo "Such as: make build MODEL_ID=spx_eq_swing_daily START=2012-01-03; docs/cli.md has the table."

check: ## Format, lint, import directions, purity, types, dead code
	npm run -s check

test: ## The whole suite, offline
	npm test

bench: ## Measures what is optimised, writes bench/results.md
	npm run -s bench

synth: ## The CloudFormation of the system, offline
	npm run -s synth

demo: ## The main job on real data, then http://127.0.0.1:8787
	@$(SIGMA) demo

start: ui ## The same as ui

ui: ## The app and the API on http://127.0.0.1:8787, or PORT
	@$(SIGMA) serve

health: ## Whether every part works; TICKER: who has it
	@$(SIGMA) health -- $${TICKER:+"$$TICKER"}

check-backend: ## The same, and one page of every list
	@$(SIGMA) health --deep

db-migrate: ## Bring this machine's store up to the program's schema
	@$(SIGMA) db-migrate

packs: ## Strategy packs
	@$(SIGMA) packs list

pack-detail: ## One pack; PACK_ID
	@$(SIGMA) packs show $(IN_PACK)

pack-templates: ## Its model templates; PACK_ID
	@$(SIGMA) packs templates $(IN_PACK)

pack-indicators: ## Its indicator sets; PACK_ID
	@$(SIGMA) packs indicators $(IN_PACK)

pack-models: ## Its models; PACK_ID
	@$(SIGMA) packs models $(IN_PACK)

indicators: ## The indicator catalogue
	@$(SIGMA) indicators

indicators-groups: ## The same, a table for each category
	@$(SIGMA) indicators --group

test-indicators: ## Every indicator of a model on its newest sessions; MODEL_ID
	@$(SIGMA) test-indicators $(PACK) $(MODEL)

init: ## Home, sample data, and a model; MODEL_ID TICKER PACK_ID
	@$(SIGMA) init $(call opt,MODEL_ID,id) $(call opt,TICKER,ticker) $(PACK)

init-auto: ## A model named by what it does; TICKER ASSET HORIZON CADENCE PACK_ID
	@$(SIGMA) init-auto $(call opt,TICKER,ticker) $(call opt,ASSET,asset) $(call opt,HORIZON,horizon) $(call opt,CADENCE,cadence) $(PACK)

models: ## Models of the packs and your own; PACK_ID
	@$(SIGMA) models list $(PACK)

validate-policy: ## Whether a model and its policy are coherent; MODEL_ID
	@$(SIGMA) policy validate $(PACK) $(MODEL)

preview: ## The last sessions of a model's matrix; MODEL_ID START END
	@$(SIGMA) preview $(PACK) $(call opt,START,start) $(call opt,END,end) $(MODEL)

build: ## A model's matrix; MODEL_ID START END TICKER DISTANCE_MAX
	@$(SIGMA) build $(PACK) $(WINDOW) $(MODEL)

runs-build: ## Builds, newest first; MODEL_ID PACK_ID TAG LIMIT
	@$(SIGMA) runs list --machine build $(LISTED)

backtest: ## Out of sample; MODEL_ID THRESHOLDS TOP_PCT SPLITS EMBARGO ALLOWED_HOURS CALIBRATION TAG
	@$(SIGMA) backtest $(PACK) $(EVALUATION) $(MODEL)

backtest-gated: ## The same with the momentum gate; MOMENTUM_MIN MOMENTUM_COLUMN
	@$(SIGMA) backtest $(PACK) $(EVALUATION) $(GATED) $(MODEL)

leaderboard: ## Judged results, best first; MODEL_ID PACK_ID TAG LIMIT
	@$(SIGMA) leaderboard $(LISTED)

calibrate-thresholds: ## Thresholds chosen where no backtest tests; MODEL_ID THRESHOLDS
	@$(SIGMA) calibrate $(PACK) $(call opt,THRESHOLDS,thresholds) $(MODEL)

sweep-config: ## A sweep as YAML to edit; MODEL_ID START END
	@$(SIGMA) sweep-config $(PACK) $(call opt,START,start) $(call opt,END,end) $(MODEL)

sweep-run: ## Many execution settings; MODEL_ID THRESHOLDS ALLOWED_HOURS TOP_PCT SPLITS EMBARGO TAG
	@$(SIGMA) sweep $(PACK) $(call opt,THRESHOLDS,thresholds) $(call opt,ALLOWED_HOURS,hours) $(call opt,TOP_PCT,top-pct) $(SPLIT) $(call opt,TAG,tag) $(MODEL)

sweeps: ## Finished sweeps, newest first; MODEL_ID PACK_ID TAG LIMIT
	@$(SIGMA) sweeps list $(LISTED)

sweep: ## Shows SWEEP_ID; without it, sweep-run
	@if [ -n "$$SWEEP_ID" ]; then $(SIGMA) sweeps show -- "$$SWEEP_ID"; else $(MAKE) --no-print-directory sweep-run; fi

train: ## A baseline that no gate has judged; MODEL_ID ALLOWED_HOURS CALIBRATION TARGET TAG
	@$(SIGMA) train $(PACK) $(call opt,ALLOWED_HOURS,hours) $(call opt,CALIBRATION,calibration) $(call opt,TARGET,target) $(call opt,TAG,tag) $(MODEL)

runs-train: ## Trainings, newest first; MODEL_ID PACK_ID TAG LIMIT
	@$(SIGMA) runs list --machine train $(LISTED)

pipeline: ## Build, backtest, gate, and train what passes; the variables of build and backtest
	@$(SIGMA) pipeline $(PACK) $(WINDOW) $(EVALUATION) $(MODEL)

pipeline-gated: ## The same with the momentum gate; MOMENTUM_MIN MOMENTUM_COLUMN
	@$(SIGMA) pipeline $(PACK) $(WINDOW) $(EVALUATION) $(GATED) $(MODEL)

smoke: ## The pipeline end to end on sample data, or on MODEL_ID
	@$(SIGMA) init $(call opt,MODEL_ID,id) $(call opt,TICKER,ticker) $(PACK)
	@$(SIGMA) pipeline $(PACK) $(call opt,START,start) $(call opt,END,end) $(SPLIT) --tag="$${TAG:-smoke}" -- "$${MODEL_ID:-spx_eq_swing_daily}"

alerts: ## What published models alert of; MODEL_ID LIMIT
	@$(SIGMA) alerts $(call opt,MODEL_ID,model) $(call opt,LIMIT,limit)
