import { ProblemError } from "#client/problem.ts";
import { command } from "../command.ts";
import { decimal } from "../format.ts";
import { paintStatus } from "../paint.ts";
import { renderTable } from "../table.ts";

interface Part {
  readonly status: string;
  readonly detail: string;
  readonly milliseconds: number;
}

interface Health {
  readonly status: string;
  readonly version: string;
  readonly parts: Readonly<Record<string, Part>>;
}

/** Lists that every owner can read: an API whose answers here are sound has its stores, its packs and its authorizer in order. */
const PROBES = ["/packs", "/indicators", "/models", "/data", "/runs", "/sweeps", "/leaderboard", "/trained_models", "/signals"] as const;

export const health = command({
  name: "health",
  description: "Whether every part of the API works, found out by using it; with --deep also whether each list answers",
  routes: ["GET /healthz", ...PROBES.map((path) => `GET ${path}`)],
  args: {
    ticker: { type: "positional", required: false, description: "Also which providers have this symbol" },
    deep: { type: "boolean", description: "Read one page of every list, as the signed-in user" },
  },
  examples: ["sigma health", "sigma health SPY", "sigma health --deep"],
  async run({ session, args }) {
    const client = await session.api();
    // 503 carries the same document: which part has failed is what the command is for.
    const found = await client.answer<Health>("/healthz", { ticker: args.ticker?.toUpperCase() });
    const rows = Object.entries(found.parts).map(([name, part]) => ({ name, ...part }));
    if (args.deep === true) {
      for (const path of PROBES) {
        const startedAt = session.terminal.now();
        const done = (status: string, detail: string) =>
          rows.push({ name: `GET ${path}`, status, detail, milliseconds: session.terminal.now() - startedAt });
        try {
          const { rows: read } = await client.get<{ readonly rows?: readonly unknown[] }>(
            path,
            path === "/indicators" || path === "/data" ? {} : { limit: 1 },
          );
          done(Array.isArray(read) ? "ok" : "fail", Array.isArray(read) ? "answered" : "the answer has no rows");
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
          done("fail", `${error.problem.code}: ${error.problem.detail ?? error.problem.title}`);
        }
      }
    }
    const works = rows.every(({ status }) => status !== "fail");
    const table = renderTable<(typeof rows)[number]>(
      [
        { header: "Part", value: ({ name }) => name },
        { header: "Status", value: ({ status }) => paintStatus(session.paint, status) },
        { header: "Time (ms)", align: "right", value: ({ milliseconds }) => decimal(milliseconds, 1) },
        { header: "What was found", value: ({ detail }) => detail, shrinkTo: 30 },
      ],
      rows,
      session.width,
    );
    const where = session.isRemote ? (session.terminal.env["SIGMA_API_URL"] ?? "") : "this machine";
    return {
      document: { ...found, status: works ? found.status : "fail", checks: rows },
      text: [table, `${where}, version ${found.version}: ${works ? "everything works" : "something is wrong"}.`].join("\n"),
      exitCode: works ? 0 : 1,
    };
  },
});
