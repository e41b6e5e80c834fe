import type { RunView } from "#functions/api/runs/run-view.ts";
import { localHome } from "#infra/local/local-system.ts";
import { DEFAULT_PORT } from "#infra/local/server.ts";
import { command } from "../command.ts";
import {
  type Check,
  checkDatabase,
  checkDrafts,
  checkHome,
  checkLocks,
  checkNode,
  checkPermissions,
  checkPort,
  checkSampleData,
  checkSchema,
} from "../doctor-checks.ts";
import { failureOf } from "../failure.ts";
import { allRows } from "../find-model.ts";
import { paintStatus } from "../paint.ts";
import type { Session } from "../session.ts";
import { renderFacts } from "../table.ts";
import { wholeNumber } from "../values.ts";

export const doctor = command({
  name: "doctor",
  description: "Check this installation: runtime, disk, permissions, database, schema, locks, packs, runs, sample data, port, leftovers",
  localOnly: 'it looks at this installation; "sigma health" asks a remote API',
  args: {
    port: { type: "string", valueHint: "8787", description: "Port to look at (default: PORT, else 8787)" },
    fix: { type: "boolean", description: "Remove what killed writes left behind, older than a day" },
  },
  async run({ session, args }) {
    const { env } = session.terminal;
    const home = localHome(env["SIGMA_HOME"]);
    const port = wholeNumber("port", args.port ?? (env["PORT"] || String(DEFAULT_PORT)), 1, 65_535);
    const homeCheck = await checkHome(home);
    const database = checkDatabase(home);
    const usable = homeCheck.status !== "FAIL" && database.status !== "FAIL";
    const checks: Check[] = [
      checkNode(),
      homeCheck,
      await checkPermissions(home),
      database,
      checkSchema(home),
      checkLocks(home),
      ...(usable ? await checkSystem(session) : []),
      await checkSampleData(),
      await checkPort(port),
      await checkDrafts(home, { now: Date.now(), fix: args.fix === true }),
    ];
    const failed = checks.some(({ status }) => status === "FAIL");
    const rows = checks.map(
      ({ check, status, detail }) => [`${paintStatus(session.paint, status)}${" ".repeat(6 - status.length)}${check}`, detail] as const,
    );
    return {
      document: { status: failed ? "FAIL" : "ok", home, checks },
      text: [renderFacts(rows, session.width), failed ? "Something is wrong: see FAIL above." : "Everything works."].join("\n"),
      exitCode: failed ? 1 : 0,
    };
  },
});

/** What only the running system can say: its packs, and runs that nobody works on. */
async function checkSystem(session: Session): Promise<Check[]> {
  try {
    const client = await session.api();
    const packs = await allRows<{ readonly pack_id: string }>(client, "/packs");
    const reports = await Promise.all(
      packs.map(({ pack_id }) => client.post<{ readonly pack_id: string; readonly status: string }>("/packs/validate", { pack_id })),
    );
    const rejected = reports.filter(({ status }) => status === "REJECTED").map(({ pack_id }) => pack_id);
    const runs = await allRows<RunView>(client, "/runs", {}, 500);
    const interrupted = runs.filter(({ status }) => status === "interrupted").map(({ run_id }) => run_id);
    return [
      rejected.length === 0
        ? { check: "packs", status: "ok", detail: packs.map(({ pack_id }) => pack_id).join(", ") }
        : { check: "packs", status: "FAIL", detail: `${rejected.join(", ")} rejected. See: sigma packs validate ${rejected[0]}` },
      interrupted.length === 0
        ? { check: "runs", status: "ok", detail: "none was interrupted" }
        : {
            check: "runs",
            status: "WARN",
            detail: `${interrupted.length} interrupted, such as ${interrupted[0]}. Go on with: sigma runs resume ${interrupted[0]}`,
          },
    ];
  } catch (error) {
    const { code, detail } = failureOf(error);
    return [{ check: "system", status: "FAIL", detail: `${detail} (${code})` }];
  }
}
