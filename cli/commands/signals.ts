import { writeFile } from "node:fs/promises";
import type { Signal } from "#lib/signals/signal.schema.ts";
import type { ApiClient } from "../api-client.ts";
import { command, WAIT_ARG } from "../command.ts";
import { UsageError } from "../failure.ts";
import { allRows } from "../find-model.ts";
import { marksOf, signalTable } from "../signal-table.ts";
import { signalText } from "../signal-text.ts";
import { signalsCsv } from "../signals-csv.ts";
import { RUN_ROUTES, startRun } from "../start-run.ts";
import { wholeNumber } from "../values.ts";

const reasonLines = (signal: Signal): string[] => [
  `Why ${signal.signal} (${signal.model_id}):`,
  ...signal.reasons.map(({ text }) => `  - ${text}`),
];

export const signalsRun = command({
  name: "signals run",
  description: "Score your published models now, or as of a past moment",
  routes: ["POST /signals/run", ...RUN_ROUTES, "GET /signals"],
  args: {
    "as-of": { type: "string", valueHint: "ISO time", description: "Replay: score as if now were this time; the signal says REPLAY" },
    id: { type: "string", valueHint: "tm_...", description: "Only this trained model" },
    ...WAIT_ARG,
  },
  examples: ["sigma signals run", "sigma signals run --as-of 2020-04-17T20:00:00Z"],
  async run({ session, args }) {
    const started = await startRun(session, {
      path: "/signals/run",
      body: {
        ...(args["as-of"] === undefined ? {} : { as_of: isoTime(args["as-of"]) }),
        ...(args.id === undefined ? {} : { trained_model_id: args.id }),
      },
      label: "signals",
      wait: args.wait,
    });
    if ("answer" in started) return started.answer;
    const { run } = started;
    const { plan } = run.outputs as { readonly plan?: { readonly due?: readonly DueModel[] } };
    const signals = await newestSignals(await session.api(), plan?.due ?? []);
    return {
      document: { run_id: run.run_id, signals },
      text: [signalTable(signals, session), ...signals.flatMap(reasonLines)].join("\n"),
    };
  },
});

interface DueModel {
  readonly trained_model_id: string;
  readonly as_of: string | null;
}

/** The signal that each scored model has at its moment: the newest one that is not later. */
async function newestSignals(client: ApiClient, due: readonly DueModel[]): Promise<Signal[]> {
  if (due.length === 0) return [];
  const rows = await allRows<Signal>(client, "/signals", {}, 5000);
  return due.flatMap(({ trained_model_id, as_of }) => {
    const latest = as_of === null ? Number.POSITIVE_INFINITY : Date.parse(as_of);
    return rows.find((signal) => signal.trained_model_id === trained_model_id && Date.parse(signal.timestamp) <= latest) ?? [];
  });
}

export const signalsList = command({
  name: "signals list",
  description: "Signals, newest first",
  routes: ["GET /signals"],
  args: {
    model: { type: "string", valueHint: "id", description: "Only this model" },
    limit: { type: "string", valueHint: "20", description: "Signals to show (default: 20)" },
  },
  async run({ session, args }) {
    const limit = args.limit === undefined ? 20 : wholeNumber("limit", args.limit, 1, 10_000);
    const rows = await allRows<Signal>(await session.api(), "/signals", { model_id: args.model }, limit);
    return { document: { rows }, text: signalTable(rows, session) };
  },
});

export const signalsShow = command({
  name: "signals show",
  description: "One signal: what to do, why, and what each feature added to the model's margin",
  routes: ["GET /signals/{signal_id}"],
  args: { signal: { type: "positional", description: 'Signal id; "sigma signals list --json" has them', required: true } },
  examples: ["sigma signals show sig_0123456789abcdef01234567"],
  async run({ session, args }) {
    const client = await session.api();
    const signal = await client.get<Signal>(`/signals/${encodeURIComponent(args.signal)}`);
    return { document: signal, text: signalText(signal, marksOf(signal), session.width) };
  },
});

export const signalsExport = command({
  name: "signals export",
  description: "Signals as CSV, oldest first: ts, model_id, risk_profile, ticker, side, prices, slippage, status, rr, pnl, tag",
  routes: ["GET /signals"],
  args: {
    out: { type: "string", required: true, valueHint: "signals.csv", description: "File to write; - for stdout" },
    model: { type: "string", valueHint: "id", description: "Only this model" },
  },
  examples: ["sigma signals export --out signals.csv"],
  async run({ session, args }) {
    const rows = await allRows<Signal>(await session.api(), "/signals", { model_id: args.model }, 100_000);
    const csv = signalsCsv(rows.toReversed());
    if (args.out === "-") {
      if (session.json) throw new UsageError("--out - and --json both want stdout. Write to a file.");
      return { document: null, text: csv.trimEnd() };
    }
    await writeFile(args.out, csv);
    return { document: { file: args.out, rows: rows.length }, text: `${rows.length} signals written to ${args.out}` };
  },
});

function isoTime(text: string): string {
  const at = Date.parse(text);
  if (!/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(at))
    throw new UsageError(`--as-of takes an ISO time with its zone, such as 2020-04-17T20:00:00Z; found "${text}".`);
  return new Date(at).toISOString();
}
