import type { BacktestReport } from "#lib/backtest/report.schema.ts";
import { WalkForwardSchema } from "#lib/backtest/splits.schema.ts";
import { FOLD_LIMITS } from "#lib/backtest/splits.ts";
import { dateOfDayNumber, dayNumberOf, formatDate, sessionDateOf } from "#lib/core/time.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { BARS_PER_SESSION } from "#lib/indicators/inputs.ts";
import { labelHorizonBars } from "#lib/matrix/label.schema.ts";
import { planModelNamed } from "#lib/models/create-model.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import { throwErrors } from "#lib/packs/finding.ts";
import type { OwnPack, PackCheck } from "#lib/packs/own-pack.schema.ts";
import { readPackVersion, type StoredPack } from "#lib/packs/own-pack-reader.ts";
import { createOwnPackStore, type PackPlan } from "#lib/packs/own-pack-store.ts";
import { PACK_CHECK_MODEL } from "#lib/packs/pack-check-model.ts";
import { type PerformanceVerdict, performanceCheck } from "#lib/packs/performance-check.ts";
import type { ResolvedPack } from "#lib/packs/resolved-pack.ts";
import type { RunRecord } from "#lib/runs/run-record.schema.ts";
import { findRun } from "#lib/runs/run-store.ts";
import { ownSource } from "../../shared/load-matrix-data.ts";
import { requestModelRun } from "../../shared/request-run.ts";
import type { ApiPorts } from "../api-deps.ts";
import { requireNoRuns } from "../models/active-work.ts";
import { payloadOf } from "../runs/request-payload.ts";
import { evaluationOf, liveStatus } from "../runs/run-view.ts";
import type { CheckRequest, CheckView } from "./pack-check.schema.ts";
import { packTexts, planPack } from "./pack-documents.ts";

/**
 * Starts the one-year backtest of the version that waits: a run of the pipeline on the default strategy under the pack's
 * own policy, over the newest window whose out-of-sample part is a year.
 *
 * @throws UNPROCESSABLE when no version waits; CONFLICT while a check of it runs, or when the pack changed meanwhile
 */
export async function startPackCheck(
  ports: ApiPorts,
  owner: string,
  before: StoredPack,
  request: CheckRequest,
): Promise<{ readonly run: RunRecord; readonly isNew: boolean; readonly pack: StoredPack }> {
  const { pack_id: packId, candidate } = before;
  if (candidate === null) throw nothingWaits(packId);
  await requireNoCheck(ports, owner, packId);
  const store = createOwnPackStore(ports);
  const plan = planPack(packTexts(await readPackVersion(ports, candidate)), packId);
  const { texts, config } = checkModel(plan, request);
  const written = await store.write(owner, before, { ...plan, texts: { ...plan.texts, ...texts } }, () => {});
  const window = await checkedWindow(ports, owner, config);
  const common = { pack_id: packId, model_id: PACK_CHECK_MODEL };
  const started = await requestModelRun(ports, {
    owner,
    machine: "pipeline",
    packId,
    modelId: PACK_CHECK_MODEL,
    tag: PACK_CHECK_MODEL,
    request: payloadOf({
      evaluate: "backtest",
      train_when_passed: false,
      force: false,
      ...window,
      // On so few rows calibration finds no skill and leaves the base rate, on which nothing trades. The check is no proof of skill.
      backtest: { ...common, tag: PACK_CHECK_MODEL, calibration: "none", save: false },
    }),
  });
  const check: PackCheck = {
    run_id: started.run.run_id,
    asked_at: new Date(ports.clock.now()).toISOString(),
    symbol: config.data.symbol,
    provider: config.data.provider,
    ...window,
  };
  return { ...started, pack: await store.noteCheck(owner, written, check) };
}

/** @throws CONFLICT while a check of the pack runs */
export const requireNoCheck = (ports: ApiPorts, owner: string, packId: string): Promise<void> =>
  requireNoRuns(ports, owner, { packId, modelId: PACK_CHECK_MODEL }, `The version of pack "${packId}" that waits cannot change`);

/** What the check of the waiting version found so far; null when none was asked for. */
export async function checkView(ports: ApiPorts, owner: string, pack: OwnPack, resolved: ResolvedPack): Promise<CheckView | null> {
  const found = await readCheck(ports, owner, pack, resolved);
  return found === null ? null : found.view;
}

/**
 * @throws UNPROCESSABLE when no version waits or it was not checked; CONFLICT while its check runs
 * @throws PACK_INVALID with the codes of what the check objects to
 */
export async function requirePassed(ports: ApiPorts, owner: string, pack: OwnPack, resolved: ResolvedPack): Promise<void> {
  const { pack_id, candidate } = pack;
  if (candidate === null) throw nothingWaits(pack_id);
  const found = await readCheck(ports, owner, pack, resolved);
  if (found === null)
    throw new SigmaError("UNPROCESSABLE", `Pack "${pack_id}" has not had its one-year check. Start it: POST /packs/${pack_id}/check.`, {
      pack_id,
    });
  if (found.verdict === null)
    throw new SigmaError("CONFLICT", `The check of pack "${pack_id}" still runs: ${found.view.run}. Wait for its end.`, {
      pack_id,
      run_id: found.view.run_id,
    });
  throwErrors(found.verdict.findings, `Pack "${pack_id}"`);
}

/** The model that is checked: a template of the pack, or the pack's first horizon and bar size without one. */
function checkModel(plan: PackPlan & { readonly resolved: ResolvedPack }, { ticker, data, template_id }: CheckRequest) {
  const { pack, strategies, templates } = plan.resolved;
  const all = [...strategies.values()];
  const template = template_id ?? [...templates.keys()].sort()[0];
  const identity = {
    asset_type: pack.default_instrument === "options" ? ("opt" as const) : ("eq" as const),
    horizon: pack.horizons[0],
    cadence: pack.cadences[0],
    instrument: pack.default_instrument,
    risk_profile: pack.default_risk_profile,
  };
  const { texts, resolved } = planModelNamed(
    {
      pack_id: pack.id,
      model_id: PACK_CHECK_MODEL,
      ticker,
      ...(data === undefined ? {} : { data }),
      ...(template === undefined ? identity : { template_id: template }),
      strategy: (all.find((strategy) => strategy.default) ?? all[0])?.name ?? null,
    },
    plan.resolved,
  );
  return { texts, config: resolved.config };
}

/** Sessions and days of a year. */
const YEAR = { sessions: 252, days: 365 } as const;
/** Days that holidays and the rounding of shares may take from a window. */
const SPARE_DAYS = 10;

/**
 * The newest window whose test blocks cover one year: beside them it holds the rows that are trained on before the first block,
 * of which a label that looks far ahead needs more, and the holdout that no check reads.
 *
 * @returns a half-open range of dates
 */
async function checkedWindow(
  ports: ApiPorts,
  owner: string,
  config: ModelConfig,
): Promise<{ readonly start: string; readonly end: string }> {
  const { cadence, data, label } = config;
  const { bars } = await ports.marketData.bars({ ...ownSource(owner, config), cadence, window: { start: null, end: null } });
  const last = bars.end[bars.length - 1];
  if (last === undefined)
    throw new SigmaError("DATA_UNAVAILABLE", `"${data.symbol}" has no bars to check a pack on. Name another symbol.`, {
      symbol: data.symbol,
    });
  const { first_train_share, holdout_share } = WalkForwardSchema.parse({});
  const developed = 1 - holdout_share;
  const tested = YEAR.sessions / (1 - first_train_share);
  // A row is trained on when its label, and the embargo of the same length after it, end before the first block.
  const trainBars = FOLD_LIMITS.minTrainRows + 2 * labelHorizonBars(label, cadence);
  const trained = trainBars / BARS_PER_SESSION[cadence] / first_train_share;
  const days = Math.ceil(((Math.max(tested, trained) / developed) * YEAR.days) / YEAR.sessions) + SPARE_DAYS;
  const end = dayNumberOf(sessionDateOf(last)) + 1;
  return { start: formatDate(dateOfDayNumber(end - days)), end: formatDate(dateOfDayNumber(end)) };
}

interface ReadCheck {
  readonly view: CheckView;
  /** Null while it runs. */
  readonly verdict: PerformanceVerdict | null;
}

async function readCheck(ports: ApiPorts, owner: string, { candidate }: OwnPack, { pack }: ResolvedPack): Promise<ReadCheck | null> {
  const check = candidate?.check;
  if (!candidate || !check) return null;
  const { run_id, symbol, provider, start, end } = check;
  const found = await findRun(ports.metadata, run_id);
  const run = found?.run.owner === owner && basisOf(found.run)["pack_sha"] === candidate.pack_sha ? found.run : undefined;
  const report = run && (await reportOf(ports, owner, run));
  const verdict = await verdictOf(ports, run, report, pack.gates.min_sharpe);
  const headline = report?.variants[report.headline]?.metrics;
  return {
    verdict,
    view: {
      status: verdict === null ? "running" : verdict.accepted ? "passed" : "refused",
      run_id,
      run: `/v1/runs/${run_id}`,
      symbol,
      provider,
      start,
      end,
      sharpe: headline?.sharpe ?? null,
      trades: headline?.trades ?? null,
      findings: (verdict?.findings ?? []).map(({ code, severity, path, reason, remedy }) => ({ code, severity, path, reason, remedy })),
    },
  };
}

async function verdictOf(
  ports: ApiPorts,
  run: RunRecord | undefined,
  report: BacktestReport | undefined,
  gateSharpe: number | undefined,
): Promise<PerformanceVerdict | null> {
  if (report) return performanceCheck({ report }, gateSharpe);
  const status = run && (await liveStatus(ports, run));
  if (status === "running") return null;
  const { code, detail } = run?.error ?? { code: "UNPROCESSABLE", detail: `The run has ended (${status ?? "unknown"}) without a report.` };
  return performanceCheck({ failure: { code, message: detail } });
}

async function reportOf({ artifacts }: ApiPorts, owner: string, { outputs }: RunRecord): Promise<BacktestReport | undefined> {
  const key = evaluationOf(outputs)?.report_key;
  if (typeof key !== "string" || !key.startsWith(`owners/${owner}/`)) return undefined;
  return JSON.parse(new TextDecoder().decode((await artifacts.get(key)).bytes)) as BacktestReport;
}

const basisOf = ({ input }: RunRecord): Readonly<Record<string, unknown>> => (input["basis"] ?? {}) as Record<string, unknown>;

const nothingWaits = (packId: string): SigmaError =>
  new SigmaError("UNPROCESSABLE", `No version of pack "${packId}" waits for its check. Write one: PUT /packs/${packId}.`, {
    pack_id: packId,
  });
