import type { Preview } from "#lib/matrix/preview.schema.ts";
import { command } from "../command.ts";
import { packOf } from "../find-model.ts";
import { count, percent } from "../format.ts";
import { paintStatus } from "../paint.ts";
import { renderTable } from "../table.ts";
import { wholeNumber } from "../values.ts";
import { MODEL_ARGS } from "./build.ts";

interface Tested {
  readonly indicator: string;
  readonly status: "ok" | "warn" | "fail";
  readonly columns: readonly string[];
  readonly unknown_share: number;
  readonly last: number | string | null;
}

export const testIndicators = command({
  name: "test-indicators",
  description: "Compute every indicator of a model on its newest sessions, and say which ones have no values",
  routes: ["GET /models", "POST /preview_matrix"],
  args: {
    ...MODEL_ARGS,
    sessions: { type: "string", valueHint: "2", description: "Sessions to compute, 1 to 20 (default: 2)" },
  },
  examples: ["sigma test-indicators spx_eq_swing_daily --sessions 5"],
  async run({ session, args }) {
    const client = await session.api();
    const found = await client.post<Preview>("/preview_matrix", {
      pack_id: await packOf(client, args.model, args.pack),
      model_id: args.model,
      ...(args.sessions === undefined ? {} : { sessions: wholeNumber("sessions", args.sessions, 1, 20) }),
    });
    const rows = testedIndicators(found);
    const dead = rows.filter(({ status }) => status === "fail").length;
    const table = renderTable<Tested>(
      [
        { header: "Indicator", value: ({ indicator }) => indicator },
        { header: "Status", value: ({ status }) => paintStatus(session.paint, status) },
        { header: "Unknown (%)", align: "right", value: ({ unknown_share }) => percent(unknown_share) },
        {
          header: "Last",
          align: "right",
          value: ({ last }) => (typeof last === "number" ? String(Number(last.toPrecision(6))) : (last ?? "n/a")),
        },
        { header: "Columns", value: ({ columns }) => columns.join(", "), shrinkTo: 20 },
      ],
      rows,
      session.width,
    );
    const verdict =
      dead === 0
        ? `All ${count(rows.length)} indicators have values over ${found.sessions.join(", ")}.`
        : `${count(dead)} of ${count(rows.length)} indicators have no value at all over ${found.sessions.join(", ")}: their data is missing, or the history is too short.`;
    return {
      document: { model_id: args.model, sessions: found.sessions, rows },
      text: `${table}\n${verdict}`,
      exitCode: dead === 0 ? 0 : 1,
    };
  },
});

/** Each indicator over all of its columns: dead when nothing is known, to be looked at when some rows are not. */
function testedIndicators({ columns, nan_share, rows }: Preview): Tested[] {
  const last = rows.at(-1) ?? {};
  return [...Map.groupBy(columns, ({ indicator }) => indicator)].map(([indicator, own]) => {
    const unknown = nan_share.indicators[indicator] ?? 0;
    return {
      indicator,
      status: unknown >= 1 ? "fail" : unknown > 0 ? "warn" : "ok",
      columns: own.map(({ name }) => name),
      unknown_share: unknown,
      last: last[own[0]!.name] ?? null,
    };
  });
}
