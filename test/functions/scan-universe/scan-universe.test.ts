import { beforeAll, describe, expect, it } from "vitest";
import { createBuildMatrix } from "#functions/build-matrix/build-matrix.ts";
import { createScanUniverse } from "#functions/scan-universe/scan-universe.ts";
import { readSampleData } from "#infra/local/sample-data.ts";
import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import type { PriceSeries } from "#lib/core/bars.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { computeHere } from "#lib/indicators/plan.ts";
import type { UniverseMember } from "#lib/market-data/universe.schema.ts";
import { checkedUniverse } from "#lib/market-data/universe.ts";
import { importUniverse } from "#lib/market-data/universe-store.ts";
import { sliceToWindow } from "#lib/market-data/window.ts";
import { loadMatrix } from "#lib/matrix/load-matrix.ts";
import { planModel } from "#lib/models/create-model.ts";
import { createModelStore } from "#lib/models/model-store.ts";
import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { workspacePrefix } from "#lib/packs/workspace.ts";
import type { BarsRequest } from "#lib/ports/market-data.ts";
import { MAX_SCANNED, type Scan, ScanSchema } from "#lib/scan/scan.schema.ts";

const OWNER = "scan-simulated";
/** Monday 2024-06-17, 15:00 in New York: the session's daily bar is not closed. */
const NOW = Date.UTC(2024, 5, 17, 19);
const SPY = { SPY: { provider: "simulated", symbol: "SIMMKT" } } as const;

const symbolOf = (i: number): string => `SIM${String(i).padStart(2, "0")}`;
const since = (symbol: string, from = "2010-01-04", to: string | null = null): UniverseMember => ({
  symbol,
  from,
  to,
  delisting_return: null,
});
const TWENTY = Array.from({ length: 20 }, (_, i) => since(symbolOf(i)));

let now = NOW;
const clock = { now: () => now };
const artifacts = createMemoryArtifactStore();
const metadata = createMemoryMetadataStore({ clock });
const asked: BarsRequest[] = [];
const local = createLocalMarketData({ artifacts, sample: readSampleData });
const whole = new Map<string, Promise<PriceSeries>>();
/** The real provider; what it draws for a symbol is drawn once. */
const bars = async (request: BarsRequest): Promise<PriceSeries> => {
  asked.push(request);
  const key = `${request.provider}/${request.symbol}/${request.cadence}`;
  const drawn = whole.get(key) ?? local.bars({ ...request, window: { start: null, end: null } });
  whole.set(key, drawn);
  return sliceToWindow(await drawn, request.window);
};
const ports = {
  artifacts,
  metadata,
  clock,
  builtinPacks: readBuiltinPacks(),
  codeVersion: "0.0.0+test",
  computeColumns: computeHere,
  marketData: { ...local, bars },
};
const scan = (request: Record<string, unknown> = {}, owner = OWNER, on: Partial<typeof ports> = {}): Promise<Scan> =>
  createScanUniverse({ ...ports, ...on })(owner, {
    pack_id: "swingsigma",
    set: "trend_follow",
    universe: "twenty",
    provider: "simulated",
    ...request,
  });
const bring = (name: string, members: readonly UniverseMember[]) => {
  const placed = members.map((member, i) => ({ member, place: `member ${i + 1}` }));
  return importUniverse(artifacts, OWNER, checkedUniverse(name, placed, { name: "test", sha256: "0".repeat(64) }));
};

beforeAll(() => bring("twenty", TWENTY));

describe("createScanUniverse", () => {
  let found: Scan;
  beforeAll(async () => {
    found = ScanSchema.parse(await scan());
  });

  it("ranks a simulated universe of twenty on the last closed bars, and says what that is", () => {
    expect(found).toMatchObject({
      set: "trend_follow",
      members: 20,
      members_on: "2024-06-17",
      // Friday's close: Monday's session is still open.
      as_of: "2024-06-14T20:00:00.000Z",
      age_sessions: 0,
      stamps: ["simulated"],
    });
    expect(found.ranked + found.left_out.length).toBe(20);
    expect(found.rows.map(({ rank }) => rank)).toEqual(Array.from({ length: found.ranked }, (_, i) => i + 1));
    expect(new Set(found.rows.map(({ as_of }) => as_of))).toEqual(new Set([found.as_of]));
    // Fulfilled rows first, each group by falling score.
    const keys = found.rows.map(({ fulfilled, score }) => (fulfilled ? 1000 : 0) + score);
    expect(keys).toEqual(keys.toSorted((a, b) => b - a));
    expect(found.fulfilled).toBeGreaterThan(0);
    expect(found.rows.filter(({ fulfilled }) => fulfilled)).toHaveLength(found.fulfilled);
    for (const { conditions, fulfilled } of found.rows) {
      expect(conditions.map(({ column }) => column)).toEqual(["trend_regime_200", "supertrend_dir_10_3", "ema_slope_50_10", "adx_14"]);
      expect(conditions.every(({ holds }) => holds)).toBe(fulfilled);
    }
  });

  it("leaves out who has no bar any more, with the bar that was the last", () => {
    expect(found.left_out).toContainEqual({
      symbol: "SIM17",
      reason: "stale",
      detail: "Its last closed bar ended 2018-06-29T20:00:00.000Z, the newest of the scan 2024-06-14T20:00:00.000Z.",
    });
  });

  it("gives the values that a matrix of the same indicators has in that row", async () => {
    const { resolved } = await createPackLibrary({ builtIn: ports.builtinPacks, artifacts, metadata: ports.metadata }).get(
      OWNER,
      "swingsigma",
    );
    const [{ symbol, values }] = found.rows as [Scan["rows"][number]];
    const model_id = "held_against";
    const data = { provider: "simulated", symbol } as const;
    const request = { pack_id: "swingsigma", template_id: "swing_eq_daily", model_id, ticker: symbol, data, indicator_set: "trend_follow" };
    await createModelStore(ports).create(OWNER, planModel(request, resolved));
    const window = { start: "2024-01-02", end: "2024-06-15" };
    const built = await createBuildMatrix(ports)({ run_id: "build_1", owner: OWNER, pack_id: "swingsigma", model_id, request: window });
    const { matrix } = await loadMatrix(artifacts, built.prefix, built.matrix_sha);
    expect(new Date(matrix.ts.at(-1)!).toISOString()).toBe(found.as_of);
    let compared = 0;
    for (const [f, { name }] of matrix.info.features.entries()) {
      if (!(name in values) || name === "day_of_week") continue;
      expect([name, values[name]]).toEqual([name, matrix.features[f]!.at(-1)]);
      compared++;
    }
    expect(compared).toBeGreaterThanOrEqual(8);
    expect(values["close"]).toBe(matrix.close.at(-1));
  });

  it("knows nothing that came later: a past date gives what was said on that date", async () => {
    now = Date.UTC(2023, 2, 10, 22);
    const then = await scan();
    now = NOW;
    const lookingBack = await scan({ as_of: "2023-03-10" });
    expect(lookingBack).toEqual(then);
    expect(await scan({ as_of: "2023-03-12" })).toEqual(lookingBack);
    expect(lookingBack.rows.map(({ symbol }) => symbol)).not.toEqual(found.rows.map(({ symbol }) => symbol));
  });

  it("asks who belongs to the universe on the scan's own date", async () => {
    await bring("moving", [since("SIM00"), since("SIM01", "2010-01-04", "2020-01-02"), since("SIM02", "2022-01-03"), since("SIM03")]);
    const members = async (as_of: string) => {
      const { rows, members_on } = await scan({ universe: "moving", as_of });
      return [members_on, rows.map(({ symbol }) => symbol).sort()];
    };
    expect(await members("2019-12-31")).toEqual(["2019-12-31", ["SIM00", "SIM01", "SIM03"]]);
    expect(await members("2020-01-02")).toEqual(["2020-01-02", ["SIM00", "SIM03"]]);
    expect(await members("2022-01-03")).toEqual(["2022-01-03", ["SIM00", "SIM02", "SIM03"]]);
  });

  it("reads a benchmark once for all members, from where the request says", async () => {
    asked.length = 0;
    const relative = await scan({ set: "rel_strength", others: SPY });
    expect(asked.filter(({ symbol }) => symbol === "SIMMKT")).toHaveLength(1);
    expect(asked.every(({ window }) => window.end === "2024-06-18")).toBe(true);
    expect(relative.ranked).toBeGreaterThan(10);
    expect(relative.rows[0]!.values["rel_strength_spy_63"]).toBeGreaterThan(0);
    const without = await scan({ set: "rel_strength" });
    expect([without.ranked, without.as_of, new Set(without.left_out.map(({ reason }) => reason))]).toEqual([0, null, new Set(["no_data"])]);
    expect(without.left_out[0]!.detail).toContain("SPY");
  });

  it("leaves out who has too little history, counting what is missing, and who is nowhere to be found", async () => {
    await bring("mixed", [since("SIM00"), since("SIM30"), since("NOBODY")]);
    const young = await scan({ universe: "mixed", as_of: "2010-06-30" });
    expect(young.rows).toEqual([]);
    expect(young.left_out.find(({ symbol }) => symbol === "SIM00")).toEqual({
      symbol: "SIM00",
      reason: "not_enough_history",
      detail: "It has 124 closed bars; the set needs 200.",
    });
    expect(young.left_out.find(({ symbol }) => symbol === "NOBODY")?.reason).toBe("no_data");
  });

  it("shows as many rows as were asked for, ranked among all", async () => {
    const few = await scan({ limit: 3 });
    expect(few.rows).toEqual(found.rows.slice(0, 3));
    expect([few.ranked, few.fulfilled]).toEqual([found.ranked, found.fulfilled]);
  });

  it.each(["breakout", "high_momentum", "meanrevert", "rel_strength", "trend_follow", "vol_contraction"])(
    "ranks by %s, whose conditions somebody fulfils on some day of a year",
    async (set) => {
      let fulfilled = 0;
      for (let month = 1; month <= 12; month++) {
        const { ranked, fulfilled: those } = await scan({ set, others: SPY, as_of: `2016-${String(month).padStart(2, "0")}-15` });
        expect(ranked).toBeGreaterThan(10);
        fulfilled += those;
      }
      expect(fulfilled).toBeGreaterThan(0);
    },
    60_000,
  );

  it("refuses what it cannot scan, each with what to do", async () => {
    const refusal = (request: Record<string, unknown>, owner = OWNER) => expect(scan(request, owner)).rejects;
    await refusal({ set: "breakot" }).toMatchObject({
      code: "INVALID_PARAM",
      message: expect.stringContaining('did you mean "breakout"?'),
    });
    await refusal({ set: "eq_default" }).toMatchObject({ code: "INVALID_PARAM", message: expect.stringContaining("no scanner") });
    await refusal({ universe: "unknown" }).toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("sigma data universe import"),
    });
    await refusal({ universe: "twenty" }, "somebody-else").toMatchObject({ code: "NOT_FOUND" });
    await refusal({ pack_id: "nosigma" }).toMatchObject({ code: "NOT_FOUND" });
    await refusal({ cadence: "15m" }).toMatchObject({ code: "INVALID_PARAM", message: expect.stringContaining("daily, hourly") });
    await refusal({ as_of: "2024-06-18" }).toMatchObject({ code: "INVALID_PARAM", message: expect.stringContaining("after today") });
    await refusal({ as_of: "1950-01-03" }).toMatchObject({ code: "INVALID_PARAM" });
    await refusal({ as_of: "2009-01-05" }).toMatchObject({
      code: "UNPROCESSABLE",
      message: expect.stringContaining("no member on 2009-01-05"),
    });
    await refusal({ provider: "nobody" }).toMatchObject({ code: "INVALID_PARAM" });
  });

  it("is bounded: in members, and in time", async () => {
    await bring(
      "many",
      Array.from({ length: MAX_SCANNED + 1 }, (_, i) => since(`M${String(i).padStart(4, "0")}`)),
    );
    await expect(scan({ universe: "many" })).rejects.toMatchObject({
      code: "UNPROCESSABLE",
      message: expect.stringContaining(`has "501" members on 2024-06-17; a scan looks at 500 at most`),
    });
    // Every member takes three seconds; four are read at a time.
    let ticks = NOW;
    const slow = { now: () => ticks };
    const marketData = {
      ...ports.marketData,
      bars: (request: BarsRequest) => {
        ticks += 3000;
        return bars(request);
      },
    };
    await expect(scan({}, OWNER, { clock: slow, marketData })).rejects.toMatchObject({
      code: "TIMEOUT",
      message: expect.stringMatching(/The scan read "\d+" of "20" members in 20 s/),
    });
  });

  it("lets a fault that is not one member's own stop the scan", async () => {
    const failing = { ...ports.marketData, bars: () => Promise.reject(new SigmaError("STORE_UNAVAILABLE", "The store is away.")) };
    await expect(scan({}, OWNER, { marketData: failing })).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  });

  it("uses scanners of the owner's own packs, and refuses one that compares the universe with itself", async () => {
    const put = (path: string, text: string) => artifacts.put(`${workspacePrefix(OWNER)}/${path}`, new TextEncoder().encode(text), "any");
    for (const path of ports.builtinPacks.list().filter((one) => one.startsWith("swingsigma/"))) {
      const text = ports.builtinPacks.read(path)!.replace("id: swingsigma", "id: mine").replace("name: aroon,", "name: market_breadth,");
      await put(path.replace("swingsigma/", "mine/"), text);
    }
    const entries = "indicators:\n  - { name: ret, window: 5 }\n  - { name: rsi }\n  - { name: natr }\n";
    const rank = "scan: { rank: [{ column: ret_5 }] }\n";
    await put("mine/indicator_sets/fastest.yaml", `name: fastest\nversion: 3\n${entries}${rank}`);
    const own = await scan({ pack_id: "mine", set: "fastest", limit: 1 });
    expect([own.set_version, own.fulfilled, own.rows[0]!.conditions]).toEqual([3, own.ranked, []]);
    await put("mine/indicator_sets/broad.yaml", `name: broad\nversion: 1\n${entries}  - { name: market_breadth }\n${rank}`);
    await expect(scan({ pack_id: "mine", set: "broad" })).rejects.toMatchObject({
      code: "INVALID_PARAM",
      message: expect.stringContaining("one number for all members"),
    });
  });
});
