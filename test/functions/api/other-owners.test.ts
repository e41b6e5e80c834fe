import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type App, createApp } from "#functions/api/app.ts";
import type { AnyRoute } from "#functions/api/route.ts";
import { ROUTES } from "#functions/api/routes.ts";
import { createLocalSystem, type LocalSystem } from "#infra/local/local-system.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { checkedUniverse } from "#lib/market-data/universe.ts";
import { importUniverse } from "#lib/market-data/universe-store.ts";
import { readQuotas } from "#lib/quotas/quotas.ts";
import { packDocuments } from "./pack-support.ts";
import { MODEL } from "./support.ts";

/** Ids of one owner's records, one for each kind that a route can be asked for. */
interface Ids {
  readonly pack: string;
  readonly draft: string;
  readonly model: string;
  readonly set: string;
  readonly build: string;
  readonly backtest: string;
  readonly sweepRun: string;
  readonly sweep: string;
  readonly row: string;
  readonly trained: string;
  readonly signal: string;
  readonly matrix: string;
  readonly artifact: string;
  readonly universe: string;
}

interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** How a route is asked for each kind of id that it takes. Empty: it takes none, so it is asked once, as it is. */
type Asking = (ids: Ids) => readonly Asked[];

const PACK = MODEL.pack_id;
const CHECK = { ticker: "SPX", template_id: "swing_eq_daily_close" };
const none: Asking = () => [];
const modelBody: Asking = ({ model }) => [{ body: { pack_id: PACK, model_id: model } }];
const modelQuery: Asking = ({ model }) => [{ query: { pack_id: PACK, model_id: model } }];
const modelPath: Asking = ({ model }) => [{ params: { model_id: model } }, { params: { model_id: model }, query: { pack_id: PACK } }];
const runPath: Asking = ({ build, backtest, sweepRun }) => [build, backtest, sweepRun].map((run_id) => ({ params: { run_id } }));
const sweepPath: Asking = ({ sweep, sweepRun }) => [sweep, sweepRun].map((sweep_id) => ({ params: { sweep_id } }));
const packPath: Asking = ({ pack }) => [{ params: { pack_id: pack } }];
const draftPath: Asking = ({ draft }) => [{ params: { pack_id: draft } }];
const trainedPath: Asking = ({ trained }) => [{ params: { trained_model_id: trained } }];
const rowPath: Asking = ({ row }) => [{ params: { row_id: row } }];

/**
 * Every route. A new one without a line here fails the test: say which ids it takes, as parameters, query or body, or `none`.
 * Lists that only filter by an id take none: they must answer nothing of another owner.
 */
const WALK: Readonly<Record<string, Asking>> = {
  "GET /healthz": none,
  "GET /packs": none,
  "POST /packs": none,
  "GET /packs/{pack_id}": packPath,
  "PUT /packs/{pack_id}": ({ pack }) => [{ params: { pack_id: pack }, body: { documents: packDocuments(pack) } }],
  "DELETE /packs/{pack_id}": packPath,
  "GET /packs/{pack_id}/documents": packPath,
  "POST /packs/{pack_id}/check": ({ pack }) => [{ params: { pack_id: pack }, body: CHECK }],
  "GET /packs/{pack_id}/check": packPath,
  "POST /packs/{pack_id}/activate": packPath,
  "POST /packs/{pack_id}/submit": packPath,
  "GET /packs/{pack_id}/risk_profiles": packPath,
  "GET /packs/{pack_id}/templates": packPath,
  "GET /packs/{pack_id}/indicator_sets": packPath,
  "GET /packs/{pack_id}/strategies": packPath,
  "GET /packs/{pack_id}/models": packPath,
  "POST /pack_drafts": none,
  "GET /pack_drafts": none,
  "GET /pack_drafts/{pack_id}": draftPath,
  "PUT /pack_drafts/{pack_id}/identity": ({ draft }) => [
    { params: { pack_id: draft }, body: exampleOf("PUT /pack_drafts/{pack_id}/identity") },
  ],
  "PUT /pack_drafts/{pack_id}/instruments": ({ draft }) => [
    { params: { pack_id: draft }, body: exampleOf("PUT /pack_drafts/{pack_id}/instruments") },
  ],
  "PUT /pack_drafts/{pack_id}/strategies": ({ draft }) => [
    { params: { pack_id: draft }, body: exampleOf("PUT /pack_drafts/{pack_id}/strategies") },
  ],
  "POST /pack_drafts/{pack_id}/validate": ({ draft }) => [{ params: { pack_id: draft }, body: { ticker: "SPX" } }],
  "GET /pack_drafts/{pack_id}/review": draftPath,
  "POST /pack_drafts/{pack_id}/save": draftPath,
  "DELETE /pack_drafts/{pack_id}": draftPath,
  "POST /packs/validate": ({ pack }) => [{ body: { pack_id: pack } }],
  "GET /model_templates": none,
  "GET /strategies": none,
  "GET /indicators": none,
  "GET /indicators/{name}": none,
  "POST /indicator_sets": ({ model }) => [{ body: { pack_id: PACK, model_id: model, indicators: [{ name: "ret" }] } }],
  "GET /models": none,
  "POST /models": none,
  "POST /models/validate": none,
  "GET /models/name": none,
  "GET /models/{model_id}": modelPath,
  "PATCH /models/{model_id}": ({ model }) => [{ params: { model_id: model }, body: { risk_profile: "conservative" } }],
  "DELETE /models/{model_id}": modelPath,
  "GET /model_detail": modelQuery,
  "GET /models/{model_id}/documents": modelPath,
  "GET /models/{model_id}/performance": modelPath,
  "GET /model_cards": none,
  "GET /policy/explain": modelQuery,
  "GET /validate_policy": modelQuery,
  "POST /validate_policy": none,
  "GET /data": none,
  "POST /preview_matrix": modelBody,
  "POST /scan": ({ universe }) => [{ body: { pack_id: PACK, set: "breakout", universe, provider: "simulated" } }],
  "POST /build_matrix": modelBody,
  "GET /matrices/{matrix_sha}": ({ matrix }) => [{ params: { matrix_sha: matrix } }],
  "GET /matrices/{matrix_sha}/profile": ({ matrix }) => [{ params: { matrix_sha: matrix } }],
  "GET /matrices/{matrix_sha}/download": ({ matrix }) => [{ params: { matrix_sha: matrix } }],
  "POST /backtest": modelBody,
  "GET /backtest_runs/{run_id}": runPath,
  "POST /backtest_sweep": modelBody,
  "POST /sweeps": modelBody,
  "POST /calibrate_thresholds": modelBody,
  "POST /calibrate_brackets": modelBody,
  "POST /pipeline": modelBody,
  "POST /sweeps/estimate": modelBody,
  "GET /sweeps": none,
  "GET /sweeps/{sweep_id}": sweepPath,
  "GET /sweeps/{sweep_id}/results": sweepPath,
  "DELETE /sweeps/{sweep_id}": sweepPath,
  "GET /leaderboard": none,
  "GET /leaderboard/{row_id}": rowPath,
  "GET /leaderboard/{row_id}/report": rowPath,
  "GET /leaderboard/{row_id}/trades": rowPath,
  "GET /leaderboard/{row_id}/bars": rowPath,
  "POST /train": ({ model, row }) => [
    { body: { pack_id: PACK, model_id: model, research: true } },
    // The asker's own model with a row of somebody else's.
    { body: { ...MODEL, rows: [row], research: true } },
  ],
  "GET /trained_models": none,
  "GET /trained_models/{trained_model_id}": trainedPath,
  "GET /trained_models/{trained_model_id}/export": ({ trained }) =>
    ["onnx", "sigma"].map((format) => ({ params: { trained_model_id: trained }, query: { format } })),
  "GET /model_card": ({ trained }) => [{ query: { trained_model_id: trained } }],
  "POST /trained_models/{trained_model_id}/{action}": ({ trained }) =>
    ["publish", "pause", "resume", "retire", "discard"].map((action) => ({ params: { trained_model_id: trained, action }, body: {} })),
  "POST /signals/run": ({ trained }) => [{ body: { trained_model_id: trained } }],
  "GET /signals": none,
  "GET /signals/stream": none,
  "GET /signals/{signal_id}": ({ signal }) => [{ params: { signal_id: signal } }],
  "GET /runs": none,
  "GET /build_runs": none,
  "GET /backtest_runs": none,
  "GET /training_runs": none,
  "GET /runs/{run_id}": runPath,
  "POST /runs/{run_id}/resume": runPath,
  "DELETE /runs/{run_id}": runPath,
  "GET /runs/{run_id}/events": runPath,
  "GET /artifacts": none,
  "GET /artifacts/{key}": ({ artifact }) => [{ params: { key: artifact } }],
  "GET /admin/quotas": none,
  "PUT /admin/quotas/{owner}": none,
  "GET /admin/jobs": none,
  "POST /admin/jobs/{run_id}/retry": none,
  "DELETE /admin/jobs/{run_id}": none,
  "GET /admin/reviews": none,
  "GET /admin/packs/{pack_id}/review": none,
  "POST /admin/packs/{pack_id}/review": none,
};

/** What the routes without an id of an owner are asked with. */
const PLAIN: Readonly<Record<string, Asked>> = {
  "POST /packs": { body: { documents: packDocuments("bobs_pack") } },
  "GET /indicators/{name}": { params: { name: "rsi" } },
  "GET /signals/stream": { query: { after: "0" } },
  "GET /models/name": { query: { ticker: "SPX", asset_type: "eq", horizon: "swing", cadence: "daily" } },
};

/** The body that the documentation shows. */
function exampleOf(name: string): object {
  return ROUTES.find((route) => nameOf(route) === name)!.bodyExample as object;
}

const nameOf = ({ method, path }: Pick<AnyRoute, "method" | "path">): string => `${method.toUpperCase()} ${path}`;

const FOR_ADMINS = ROUTES.filter(({ admin }) => admin === true).map(nameOf);

// In order: what she does with her own records at the end must not be why he finds none.
describe("another owner", { shuffle: false }, () => {
  let home: string;
  let system: LocalSystem;
  let app: App;
  let alices: Ids;
  /** Ids of the same form that nobody has. */
  let nobodys: Ids;

  const ask = async (owner: string, name: string, { params = {}, query = {}, body }: Asked, headers: Record<string, string> = {}) => {
    const [method, path] = name.split(" ") as [string, string];
    const place = path.replaceAll(/\{(\w+)\}/g, (_, key: string) => params[key] ?? PACK);
    const text = Object.keys(query).length === 0 ? place : `${place}?${new URLSearchParams(query)}`;
    const sent = body ?? (method === "POST" || method === "PATCH" ? {} : undefined);
    const response = await app.request(`/v1${text}`, {
      method,
      headers: { "x-test-owner": owner, ...(sent === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
      // A stream ends when its reader leaves; what it has said until then is its answer.
      ...(path.endsWith("/stream") ? { signal: AbortSignal.timeout(1500) } : {}),
    });
    return { status: response.status, text: await response.text() };
  };
  const done = async (owner: string, name: string, asked: Asked) => {
    const { status, text } = await ask(owner, name, asked, { prefer: "wait" });
    const run = JSON.parse(text) as { status: string; run_id: string; links: Record<string, string>; outputs: Record<string, never> };
    expect([name, status, run.status], text.slice(0, 400)).toEqual([name, 200, "succeeded"]);
    return run;
  };
  const firstOf = async (owner: string, name: string): Promise<Record<string, string>> =>
    (JSON.parse((await ask(owner, name, {})).text) as { rows: Record<string, string>[] }).rows[0]!;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "sigma owners "));
    system = await createLocalSystem({ home, alerts: { deliver: async () => {} } });
    let requests = 0;
    app = createApp({
      ports: { ...system.ports, workflow: system.workflow },
      mode: "local",
      owner: (context) => context.req.header("x-test-owner")!,
      requireAdmin: (context) => {
        if (context.req.header("x-test-owner") !== "root") throw new SigmaError("FORBIDDEN", "Not for you.");
      },
      quotas: readQuotas("local", {}),
      version: "1",
      requestId: () => `request-${++requests}`,
      now: () => Date.UTC(2026, 0, 5),
    });
    const own = { pack_id: PACK, model_id: "alices_secret_model" };
    for (const [owner, model_id] of [
      ["alice", own.model_id],
      ["bob", MODEL.model_id],
    ] as const)
      expect(
        (await ask(owner, "POST /models", { body: { pack_id: PACK, model_id, template_id: "swing_eq_daily_close", ticker: "SPX" } }))
          .status,
      ).toBe(201);
    const indicators = [{ name: "rsi", period: 7 }, { name: "ret" }, { name: "rolling_std", window: 10 }];
    const set = { pack_id: PACK, name: "alices_secret_set", indicators };
    const written = await ask("alice", "POST /indicator_sets", { body: set });
    expect(written.status, written.text).toBe(200);

    const members = [{ member: { symbol: "SIM00", from: null, to: null, delisting_return: null }, place: "member 1" }];
    const universe = checkedUniverse("alices_secret_universe", members, { name: "test", sha256: "0".repeat(64) });
    await importUniverse(system.ports.artifacts, "alice", universe);
    const pack = "alices_pack";
    expect((await ask("alice", "POST /packs", { body: { documents: packDocuments(pack) } })).status).toBe(201);
    await done("alice", "POST /packs/{pack_id}/check", { params: { pack_id: pack }, body: CHECK });

    const build = await done("alice", "POST /build_matrix", { body: { ...own, tag: "alices_secret_tag" } });
    const backtest = await done("alice", "POST /backtest", { body: { ...own, thresholds: [0.01] } });
    const axes = { thresholds: [0, 0.01], hold_bars: [5] };
    const sweepRun = await done("alice", "POST /sweeps", { body: { ...own, mode: "custom", axes, threshold_mode: "edge" } });
    const row = (await firstOf("alice", "GET /leaderboard"))["row_id"]!;
    const train = await done("alice", "POST /train", { body: { ...own, rows: [row], research: true } });
    const trained = (train.outputs["trained"] as unknown as { trained_model_id: string }[])[0]!.trained_model_id;
    await done("alice", "POST /trained_models/{trained_model_id}/{action}", {
      params: { trained_model_id: trained, action: "publish" },
      body: { reason: "to see a signal" },
    });
    await done("alice", "POST /signals/run", { body: { as_of: "2020-02-28T21:05:00Z" } });
    const signal = (await firstOf("alice", "GET /signals"))["signal_id"]!;
    const draft = "alices_draft";
    const begun = await ask("alice", "POST /pack_drafts", { body: { ...exampleOf("POST /pack_drafts"), pack_id: draft } });
    expect(begun.status, begun.text).toBe(201);
    for (const step of ["instruments", "strategies"]) {
      const name = `PUT /pack_drafts/{pack_id}/${step}`;
      const taken = await ask("alice", name, { params: { pack_id: draft }, body: exampleOf(name) });
      expect(taken.status, taken.text).toBe(200);
    }

    alices = {
      pack,
      draft,
      model: own.model_id,
      set: set.name,
      build: build.run_id,
      backtest: backtest.run_id,
      sweepRun: sweepRun.run_id,
      sweep: sweepRun.links["sweep"]!.split("/").at(-1)!,
      row,
      trained,
      signal,
      matrix: await ownMatrix(build.links["matrix"]!.split("/").at(-1)!),
      artifact: backtest.links["plot_equity"]!.replace("/v1/artifacts/", ""),
      universe: universe.name,
    };
    nobodys = Object.fromEntries(Object.entries(alices).map(([kind, id]) => [kind, ghostOf(id)])) as unknown as Ids;
  }, 180_000);

  afterAll(async () => {
    await system?.close();
    await rm(home, { recursive: true, force: true });
  });

  /** The matrix of shared data as one of her own, as those of her own files are kept. */
  async function ownMatrix(sha: string): Promise<string> {
    const own = ghostOf(sha);
    const { bytes } = await system.ports.artifacts.get(`matrices/${sha}/manifest.json`);
    const manifest = new TextDecoder().decode(bytes).replaceAll(sha, own);
    await system.ports.artifacts.put(`owners/alice/matrices/${own}/manifest.json`, new TextEncoder().encode(manifest), "absent");
    return own;
  }

  /** Another id of the same form: its last hex digit or letter is another one. */
  function ghostOf(id: string): string {
    const at = id.search(/[0-9a-f](?=[^0-9a-f]*$)/);
    return `${id.slice(0, at)}${id[at] === "7" ? "8" : "7"}${id.slice(at + 1)}`;
  }

  /** An answer without what must differ between two requests. */
  const comparable = (text: string, ids: Ids): string =>
    Object.entries(ids)
      .sort(([, a], [, b]) => b.length - a.length)
      .reduce((told, [kind, id]) => told.replaceAll(id, `<${kind}>`).replaceAll(encodeURIComponent(id), `<${kind}>`), text)
      .replaceAll(/"request_id":"[^"]*"/g, '"request_id":""');

  it("is thought of for every route", () => {
    expect(Object.keys(WALK).sort()).toEqual(ROUTES.map(nameOf).sort());
  });

  it("gets 404 for every id, with the very words that an id which nobody has gets", async () => {
    let asked = 0;
    for (const [name, asking] of Object.entries(WALK)) {
      const unknown = asking(nobodys);
      for (const [i, request] of asking(alices).entries()) {
        const found = await ask("bob", name, request);
        expect([name, i, found.status], found.text.slice(0, 300)).toEqual([name, i, 404]);
        const ghost = await ask("bob", name, unknown[i]!);
        expect(comparable(found.text, alices), name).toBe(comparable(ghost.text, nobodys));
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(50);
  });

  it("finds nothing of hers in any list or answer", async () => {
    const secrets = [...Object.values(alices), "alices_secret_tag"];
    for (const [name, asking] of Object.entries(WALK)) {
      if (asking(alices).length > 0 || FOR_ADMINS.includes(name)) continue;
      const example = ROUTES.find((route) => nameOf(route) === name)!.bodyExample as object | undefined;
      const { status, text } = await ask("bob", name, PLAIN[name] ?? (example === undefined ? {} : { body: example }));
      expect([name, status < 300], text.slice(0, 300)).toEqual([name, true]);
      for (const secret of secrets) expect(text.includes(secret), `${name} tells ${secret}`).toBe(false);
    }
    for (const name of ["GET /runs", "GET /leaderboard", "GET /model_cards", "GET /signals"])
      expect(JSON.parse((await ask("bob", name, { query: { model_id: alices.model } })).text), name).toMatchObject({ rows: [] });
  });

  it("may use no route of administrators, and learns there nothing of what there is", async () => {
    expect(FOR_ADMINS).toEqual(Object.keys(WALK).filter((name) => name.includes(" /admin/")));
    for (const name of FOR_ADMINS)
      for (const ids of [alices, nobodys]) {
        const params = { owner: "alice", run_id: ids.build, pack_id: ids.pack };
        const { status, text } = await ask("bob", name, {
          params,
          query: { owner: "alice" },
          ...(name.startsWith("GET") ? {} : { body: {} }),
        });
        expect([name, status]).toEqual([name, 403]);
        expect(JSON.parse(text)).toMatchObject({ code: "FORBIDDEN", detail: "Not for you." });
      }
  });

  it("cannot say in a request who he is", async () => {
    const elsewhere = { owner: "alice", "x-owner": "alice", authorization: "Bearer alice", cookie: "owner=alice" };
    const { status } = await ask("bob", "GET /models/{model_id}", { params: { model_id: alices.model } }, elsewhere);
    expect(status).toBe(404);
    const query = { pack_id: PACK, model_id: alices.model, owner: "alice" };
    expect((await ask("bob", "GET /model_detail", { query })).status).toBe(400);
  });

  it("would have got them as their owner: she gets no 404 for any", async () => {
    const order = (name: string) => (name.startsWith("DELETE") ? 2 : name.includes("{action}") ? 1 : 0);
    const names = Object.keys(WALK).sort((a, b) => order(a) - order(b));
    for (const name of names) {
      if (name === "POST /train") continue;
      const wrongKind = /^(GET \/backtest_runs\/|DELETE \/models)/.test(name);
      for (const [i, request] of WALK[name]!(alices).entries()) {
        if (wrongKind && i > 0) continue;
        const asked = name === "GET /backtest_runs/{run_id}" ? { params: { run_id: alices.backtest } } : request;
        const { status, text } = await ask("alice", name, asked);
        // Her own matrix is a copy under a false name: it is found, and refused as damaged.
        const isDamaged = name.startsWith("GET /matrices/{matrix_sha}") && text.includes("ARTIFACT_CORRUPT");
        expect([name, i, status !== 404 && (status < 500 || isDamaged)], text.slice(0, 300)).toEqual([name, i, true]);
      }
    }
  }, 120_000);
});
