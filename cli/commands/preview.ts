import type { Preview } from "#lib/matrix/preview.schema.ts";
import { command } from "../command.ts";
import { packOf } from "../find-model.ts";
import { count } from "../format.ts";
import { paintStatus } from "../paint.ts";
import { renderFacts, renderTable } from "../table.ts";
import { wholeNumber } from "../values.ts";
import { MODEL_ARGS } from "./build.ts";

export const preview = command({
  name: "preview",
  description: "The last sessions of a model's matrix, with the verdicts on them; nothing is stored",
  args: {
    ...MODEL_ARGS,
    sessions: { type: "string", valueHint: "2", description: "Sessions to build, 1 to 20 (default: 2)" },
    start: { type: "string", valueHint: "date", description: "First session of the window" },
    end: { type: "string", valueHint: "date", description: "The session after the last one" },
  },
  async run({ session, args }) {
    const { paint } = session;
    const client = await session.api();
    const found = await client.post<Preview>("/preview_matrix", {
      pack_id: await packOf(client, args.model, args.pack),
      model_id: args.model,
      ...(args.sessions === undefined ? {} : { sessions: wholeNumber("sessions", args.sessions, 1, 20) }),
      ...(args.start === undefined ? {} : { start: args.start }),
      ...(args.end === undefined ? {} : { end: args.end }),
    });
    const verdicts = renderTable(
      [
        { header: "Check", value: ({ check }) => check },
        { header: "Status", value: ({ status }) => paintStatus(paint, status) },
        { header: "What was found", value: ({ summary }) => summary, shrinkTo: 30 },
      ],
      found.verdicts,
      session.width,
    );
    // One line a column reads on any width; a matrix has more columns than a terminal.
    const last = found.rows.at(-1) ?? {};
    const values = renderTable(
      [
        { header: "Column", value: ([name]) => name },
        { header: "Last row", align: "right", value: ([, value]) => cell(value) },
      ],
      Object.entries(last),
      session.width,
    );
    const lines = [
      renderFacts([
        ["Sessions", found.sessions.join(", ")],
        ["Rows", count(found.rows.length)],
        ["Features", count(found.columns.length)],
        ["Warm-up (bars)", count(found.warmup_bars)],
        ["Leak test", `${paintStatus(paint, found.leakage.status)}, ${count(found.leakage.values_compared)} values compared`],
        ["Verdict", paintStatus(paint, found.status)],
      ]),
      "",
      values,
      "",
      verdicts,
    ];
    return { document: found, text: lines.join("\n") };
  },
});

function cell(value: string | number | null): string {
  if (value === null) return "n/a";
  if (typeof value === "string" || Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1e-4 && Math.abs(value) < 1e7 ? value.toFixed(4) : value.toExponential(3);
}
