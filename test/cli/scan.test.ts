import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Scan } from "#lib/scan/scan.schema.ts";
import { createLocalSystem, type LocalSystem } from "../../infra/local/local-system.ts";
import { createLocalApp } from "../../infra/local/server.ts";
import { flat, runHere, temporaryHome } from "./support.ts";

const place = temporaryHome();
const env = { SIGMA_HOME: place.home };
const RELATIVE = [
  "scan",
  "swingsigma",
  "rel_strength",
  "--universe",
  "sim20",
  "--provider",
  "simulated",
  "--other",
  "SPY=simulated:SIMMKT",
];
const AS_OF = ["--as-of", "2019-06-14"];

beforeAll(async () => {
  const members = Array.from({ length: 20 }, (_, i) => `  - { symbol: SIM${String(i).padStart(2, "0")}, from: "2010-01-04" }`);
  const file = join(place.folder, "sim20.yaml");
  writeFileSync(file, `name: sim20\nmembers:\n${members.join("\n")}\n`);
  expect((await runHere(["data", "universe", "import", "--file", file], env)).code).toBe(0);
});
afterAll(() => place.remove());

describe("sigma scan", () => {
  let found: Scan;
  beforeAll(async () => {
    const { code, stdout, stderr } = await runHere([...RELATIVE, ...AS_OF, "--json"], env);
    expect([code, stderr]).toEqual([0, ""]);
    found = JSON.parse(stdout) as Scan;
  });

  it("ranks twenty simulated symbols", () => {
    expect(found).toMatchObject({ members: 20, as_of: "2019-06-14T20:00:00.000Z", age_sessions: 0, stamps: ["simulated"] });
    expect(found.ranked).toBe(19);
    expect(found.left_out.map(({ symbol, reason }) => [symbol, reason])).toEqual([["SIM17", "stale"]]);
  });

  it("says the same as POST /scan, versioned and classic", async () => {
    const system: LocalSystem = await createLocalSystem({ home: place.home, alerts: { deliver: async () => {} } });
    try {
      const app = createLocalApp(system);
      const body = {
        pack_id: "swingsigma",
        set: "rel_strength",
        universe: "sim20",
        provider: "simulated",
        others: { SPY: { provider: "simulated", symbol: "SIMMKT" } },
        as_of: "2019-06-14",
      };
      const ask = (path: string) =>
        app.request(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      const versioned = await ask("/v1/scan");
      expect(versioned.status).toBe(200);
      expect(await versioned.json()).toEqual(found);
      expect(await (await ask("/scan")).json()).toEqual({ ...found, ok: true });
      const wrong = await app.request("/v1/scan", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
      expect([wrong.status, ((await wrong.json()) as { code: string }).code]).toEqual([400, "INVALID_PARAM"]);
    } finally {
      await system.close();
    }
  });

  it("shows ranks, scores and values, what is missing, and who is left out", async () => {
    const { code, stdout } = await runHere([...RELATIVE, ...AS_OF, "--limit", "5"], env);
    expect(code).toBe(0);
    expect(stdout).toContain("Marks: SIMULATED");
    expect(flat(stdout)).toContain("Ranked by high rel_strength_spy_63 x 2, high rel_strength_spy_21, high rel_strength_spy_126");
    const [first] = found.rows as [Scan["rows"][number]];
    expect(flat(stdout)).toContain(`1 ${first.symbol} ${first.score.toFixed(1)} 3/3 ${first.values["rel_strength_spy_63"]!.toFixed(3)}`);
    expect(stdout).toContain("(14 more; --limit shows them.)");
    expect(flat(stdout)).toContain("SIM17 stale");
  });

  it("says what is wrong with an option, and which scanners there are", async () => {
    const other = await runHere([...RELATIVE.slice(0, -1), "SIMMKT"], env);
    expect([other.code, flat(other.stderr)]).toEqual([2, expect.stringContaining("--other takes NAME=provider:SYMBOL")]);
    const set = await runHere(["scan", "swingsigma", "nothing_like_it", "--universe", "sim20"], env);
    expect([set.code, flat(set.stderr)]).toEqual([1, expect.stringContaining("known are breakout, high_momentum, meanrevert")]);
  });
});
