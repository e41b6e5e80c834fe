/**
 * The lines of the pipeline runbook as a user types them, in its order: "API Flow (curl)" and "Makefile Flow" of the product's seed
 * document "Pipeline Runbook (UI, API, Makefile)", whose readouts `.../training_runs` and `.../sweeps` are written out here.
 */

const json = "-H 'Content-Type: application/json'";
const MODEL = "pack_id=zerosigma&model_id=spy_opt_0dte_hourly";

export const CURL_LINES = {
  models: `curl -sS -X POST http://localhost:8001/models ${json} -d '{"ticker":"SPY","asset_type":"opt","horizon":"0dte","cadence":"hourly","algo":"gbm","pack_id":"zerosigma"}' | jq .`,
  build_matrix: `curl -sS -X POST http://localhost:8001/build_matrix ${json} -d '{"model_id":"spy_opt_0dte_hourly","pack_id":"zerosigma","start":"2024-01-01","end":"2024-06-30","ticker":"SPY","distance_max":7}' | jq .`,
  train: `curl -sS -X POST http://localhost:8001/train ${json} -d '{"model_id":"spy_opt_0dte_hourly","pack_id":"zerosigma","allowed_hours":"13,14,15","calibration":"sigmoid"}' | jq .`,
  backtest: `curl -sS -X POST http://localhost:8001/backtest ${json} -d '{"model_id":"spy_opt_0dte_hourly","pack_id":"zerosigma","thresholds":"0.55,0.60,0.65","splits":5,"allowed_hours":"13,14,15"}' | jq .`,
  backtest_sweep: `curl -sS -X POST http://localhost:8001/backtest_sweep ${json} -d '{"model_id":"spy_opt_0dte_hourly","pack_id":"zerosigma","thresholds_variants":["0.50,0.52,0.54","0.55,0.60,0.65"],"allowed_hours_variants":["13,14,15"],"splits":5,"embargo":0.0,"save":true,"tag":"sweep"}' | jq .`,
  leaderboard: `curl -sS 'http://localhost:8001/leaderboard?${MODEL}&limit=20' | jq .`,
  build_runs: `curl -sS 'http://localhost:8001/build_runs?${MODEL}' | jq .`,
  training_runs: `curl -sS 'http://localhost:8001/training_runs?${MODEL}' | jq .`,
  sweeps: `curl -sS 'http://localhost:8001/sweeps?${MODEL}' | jq .`,
} as const;

/** Each with what reaches `sigma`. */
export const MAKE_LINES: Readonly<Record<string, readonly string[]>> = {
  "make build PACK_ID=zerosigma MODEL_ID=spy_opt_0dte_hourly TICKER=SPY START=2024-01-01 END=2024-06-30": [
    "build",
    "--pack=zerosigma",
    "--ticker=SPY",
    "--start=2024-01-01",
    "--end=2024-06-30",
    "--",
    "spy_opt_0dte_hourly",
  ],
  "make train PACK_ID=zerosigma MODEL_ID=spy_opt_0dte_hourly ALLOWED_HOURS=13,14,15": [
    "train",
    "--pack=zerosigma",
    "--hours=13,14,15",
    "--",
    "spy_opt_0dte_hourly",
  ],
  "make backtest PACK_ID=zerosigma MODEL_ID=spy_opt_0dte_hourly THRESHOLDS=0.55,0.60,0.65 SPLITS=5 ALLOWED_HOURS=13,14,15": [
    "backtest",
    "--pack=zerosigma",
    "--thresholds=0.55,0.60,0.65",
    "--splits=5",
    "--hours=13,14,15",
    "--",
    "spy_opt_0dte_hourly",
  ],
  "make pipeline PACK_ID=zerosigma MODEL_ID=spy_opt_0dte_hourly TICKER=SPY START=2024-01-01 END=2024-06-30": [
    "pipeline",
    "--pack=zerosigma",
    "--ticker=SPY",
    "--start=2024-01-01",
    "--end=2024-06-30",
    "--",
    "spy_opt_0dte_hourly",
  ],
  "make pipeline-gated PACK_ID=zerosigma MODEL_ID=spy_opt_0dte_hourly ALLOWED_HOURS=13,14,15 MOMENTUM_MIN=0.1": [
    "pipeline",
    "--pack=zerosigma",
    "--hours=13,14,15",
    "--gated",
    "--momentum-min=0.1",
    "--",
    "spy_opt_0dte_hourly",
  ],
  "make leaderboard PACK_ID=zerosigma MODEL_ID=spy_opt_0dte_hourly": ["leaderboard", "--model=spy_opt_0dte_hourly", "--pack=zerosigma"],
  "make runs-build PACK_ID=zerosigma MODEL_ID=spy_opt_0dte_hourly": [
    "runs",
    "list",
    "--machine",
    "build",
    "--model=spy_opt_0dte_hourly",
    "--pack=zerosigma",
  ],
  "make runs-train PACK_ID=zerosigma MODEL_ID=spy_opt_0dte_hourly": [
    "runs",
    "list",
    "--machine",
    "train",
    "--model=spy_opt_0dte_hourly",
    "--pack=zerosigma",
  ],
  "make sweeps PACK_ID=zerosigma MODEL_ID=spy_opt_0dte_hourly": ["sweeps", "list", "--model=spy_opt_0dte_hourly", "--pack=zerosigma"],
};
