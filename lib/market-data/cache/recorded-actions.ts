import * as z from "zod";
import { canonicalJson } from "../../core/canonical-json.ts";
import { type DateNumber, dayNumberOf, sessionDateOf } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { CorporateAction } from "../actions.ts";
import type { ActionHistory } from "../history-source.ts";
import type { CacheDeps } from "./cache-deps.ts";
import type { CacheKeys } from "./cache-keys.ts";
import { SETTLING_DAYS } from "./completeness.ts";
import { readVault, writeVault } from "./vault.ts";

const ActionSchema = z.strictObject({
  ex_date: z.int(),
  split: z.number(),
  /** Null = not known. */
  cash: z.number().nullable(),
});
type StoredAction = z.infer<typeof ActionSchema>;

const RecordSchema = z.strictObject({
  /** The New York date on which the vendor was asked last. */
  known_through: z.int(),
  dividends_known: z.boolean(),
  actions: z.array(ActionSchema),
  /** What the vendor said later of dates that were settled: told, not used. */
  revisions: z.array(z.strictObject({ seen_on: z.int(), action: ActionSchema, change: z.enum(["added", "withdrawn"]) })),
});
type ActionRecord = z.infer<typeof RecordSchema>;

/** The actions to adjust by, and the ex-dates of which the vendor says something else by now. */
export interface RecordedActions extends ActionHistory {
  readonly revised: readonly DateNumber[];
}

/**
 * The corporate actions of a symbol, for a series that ends with a session. The vendor is asked once a day, and not at all
 * for a series that ends before what is settled. What was recorded of a settled date stays: an action that the vendor adds,
 * changes or takes back later does not change how an earlier day was adjusted.
 */
export async function recordedActions(deps: CacheDeps, keys: CacheKeys, symbol: string, lastSession: DateNumber): Promise<RecordedActions> {
  const { artifacts, source, clock } = deps;
  const today = sessionDateOf(clock.now());
  const found = await readVault(artifacts, keys.actions(), RecordSchema);
  const before = found === undefined || "damaged" in found ? undefined : found.header;
  if (before !== undefined && (before.known_through >= today || isSettledFor(before, lastSession))) return actionsOf(before);

  const record = merge(before, await source.actions!(symbol), today);
  try {
    await writeVault(artifacts, keys.actions(), { header: record, files: new Map() }, found);
  } catch (error) {
    // Another process asked on the same day.
    if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
  }
  return actionsOf(record);
}

const isSettledFor = ({ known_through }: ActionRecord, date: DateNumber): boolean =>
  dayNumberOf(known_through) - dayNumberOf(date) > SETTLING_DAYS;

function merge(before: ActionRecord | undefined, fresh: ActionHistory, today: DateNumber): ActionRecord {
  const told = sorted(fresh.actions.map(({ exDate, split, cash }) => ({ ex_date: exDate, split, cash: Number.isNaN(cash) ? null : cash })));
  // A record without dividends is no word on them.
  if (before === undefined || (!before.dividends_known && fresh.dividendsKnown)) {
    return { known_through: today, dividends_known: fresh.dividendsKnown, actions: told, revisions: [] };
  }
  const settled = (action: StoredAction): boolean => isSettledFor(before, action.ex_date);
  const kept = before.actions.filter(settled);
  const claimed = told.filter(settled);
  const comparable = fresh.dividendsKnown ? () => true : ({ split }: StoredAction) => split !== 1;
  const changes = [
    ...missingFrom(kept, claimed).map((action) => ({ action, change: "added" as const })),
    ...missingFrom(claimed, kept.filter(comparable)).map((action) => ({ action, change: "withdrawn" as const })),
  ];
  const known = new Set(before.revisions.map(({ action, change }) => canonicalJson({ action, change })));
  const revisions = changes.filter((change) => !known.has(canonicalJson(change))).map((change) => ({ seen_on: today, ...change }));
  return {
    known_through: today,
    dividends_known: fresh.dividendsKnown,
    actions: sorted([...kept, ...told.filter((action) => !settled(action))]),
    revisions: [...before.revisions, ...revisions],
  };
}

/** Those of `others` that are not in `actions`; equal ones are counted. */
function missingFrom(actions: readonly StoredAction[], others: readonly StoredAction[]): StoredAction[] {
  const left = actions.map((action) => canonicalJson(action));
  return others.filter((action) => {
    const at = left.indexOf(canonicalJson(action));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const sorted = (actions: readonly StoredAction[]): StoredAction[] =>
  actions.toSorted((a, b) => a.ex_date - b.ex_date || a.split - b.split || (a.cash ?? -1) - (b.cash ?? -1));

function actionsOf({ actions, dividends_known, revisions }: ActionRecord): RecordedActions {
  return {
    actions: actions.map(({ ex_date, split, cash }): CorporateAction => ({ exDate: ex_date, split, cash: cash ?? Number.NaN })),
    dividendsKnown: dividends_known,
    revised: revisions.map(({ action }) => action.ex_date),
  };
}
