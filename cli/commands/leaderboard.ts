import { GATE_STATUSES } from "#lib/leaderboard/gate.schema.ts";
import { LEADERBOARD_SORTS } from "#lib/leaderboard/rows.schema.ts";
import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import { command } from "../command.ts";
import { allRows } from "../find-model.ts";
import { leaderboardTable, type Row } from "../leaderboard-table.ts";
import { oneOf, wholeNumber } from "../values.ts";
import { writeWhole } from "../write-file.ts";

export const leaderboard = command({
  name: "leaderboard",
  description: "Judged results, best first",
  routes: ["GET /leaderboard"],
  args: {
    model: { type: "string", valueHint: "id", description: "Only this model" },
    pack: { type: "string", valueHint: "id", description: "Only this pack" },
    gate: { type: "string", valueHint: GATE_STATUSES.join("|"), description: "Only this verdict" },
    sweep: { type: "string", valueHint: "id", description: "Only this sweep" },
    tag: { type: "string", valueHint: "word", description: "Only this tag" },
    symbol: { type: "string", valueHint: "SPY", description: "Only this symbol" },
    profile: { type: "string", valueHint: RISK_PROFILES.join("|"), description: "Only this risk profile" },
    sort: { type: "string", valueHint: LEADERBOARD_SORTS.join("|"), description: "Order (default: score)" },
    best: { type: "boolean", description: "The best row of each model only" },
    limit: { type: "string", valueHint: "20", description: "Rows to show (default: 20)" },
    csv: { type: "string", valueHint: "file", description: "Write CSV to this file; - for stdout" },
  },
  examples: ["sigma leaderboard --gate PASS", "sigma leaderboard --model spx_eq_swing_daily --csv rows.csv"],
  async run({ session, args }) {
    const client = await session.api();
    const limit = args.limit === undefined ? 20 : wholeNumber("limit", args.limit, 1, 5000);
    const query = {
      model_id: args.model,
      pack_id: args.pack,
      gate_status: args.gate === undefined ? undefined : oneOf("gate", args.gate, GATE_STATUSES),
      sweep_id: args.sweep,
      tag: args.tag,
      symbol: args.symbol,
      risk_profile: args.profile === undefined ? undefined : oneOf("profile", args.profile, RISK_PROFILES),
      sort: args.sort === undefined ? undefined : oneOf("sort", args.sort, LEADERBOARD_SORTS),
      by: args.best === true ? "model" : undefined,
    };
    if (args.csv !== undefined) {
      const { text, rows } = await client.csv("/leaderboard", query, limit);
      if (args.csv === "-" && !session.json) return { document: null, text: text.replace(/\r\n$/, "") };
      await writeWhole(args.csv, new TextEncoder().encode(text));
      return { document: { file: args.csv, rows }, text: `${rows} rows written to ${args.csv}` };
    }
    const rows = await allRows<Row>(client, "/leaderboard", query, limit);
    return { document: { rows }, text: leaderboardTable(rows, session) };
  },
});
