import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { FUNCTIONS, stateNameOf } from "#infra/manifest.ts";
import { scratchForTest } from "./home.ts";
import { goTheWholeWay } from "./whole-way.ts";
import { openWorld } from "./world.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const LIMIT_BYTES = 32 * 1024;

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

/** Handlers that a file can call: factories of a function's folder that it imports, or whole modules that it loads. */
function handlersIn(file: string, text: string): string[] {
  const named = [...text.matchAll(/(?:import|export)\s+(?!type\b)([^"';]*?)\s+from\s+["']([^"']+)["']/g)]
    .filter(([, names]) => /\bcreate[A-Z]|\*/.test(names!))
    .map(([, , specifier]) => specifier!);
  const loaded = [...text.matchAll(/import\(\s*["']([^"']+)["']/g)].map(([, specifier]) => specifier!);
  return [...named, ...loaded].flatMap((specifier) => {
    const path = specifier.startsWith("#functions/") ? specifier.slice(1) : specifier.startsWith(".") ? join(dirname(file), specifier) : "";
    const [, step = ""] = /^functions\/([^/]+)\/.+\.ts$/.exec(path.replaceAll("\\", "/")) ?? [];
    const isHandler = Object.hasOwn(FUNCTIONS, step) && !["api", "authorizer"].includes(step);
    return isHandler && dirname(file) !== `functions/${step}` ? [`${file} -> ${step}`] : [];
  });
}

describe("handlers", () => {
  const MAY_CALL = /^(infra\/|functions\/api\/routes\/[a-z-]+\.route\.ts$)/;

  it("are reached by state machines and routes only", () => {
    const found = ["lib", "functions", "infra", "cli", "bench", "trust"].flatMap((folder) =>
      sources(folder).flatMap((file) => handlersIn(file, readFileSync(join(root, file), "utf8"))),
    );
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter((each) => !MAY_CALL.test(each))).toEqual([]);
  });

  it("would be seen if something else called them", () => {
    const planted = 'import { createFitFold } from "#functions/fit-fold/fit-fold.ts";';
    expect(handlersIn("cli/commands/x.ts", planted)).toEqual(["cli/commands/x.ts -> fit-fold"]);
    expect(handlersIn("functions/shared/x.ts", 'const f = await import("../train-model/train-model.ts");')).toEqual([
      "functions/shared/x.ts -> train-model",
    ]);
  });
});

describe("the input of a state", () => {
  it(`carries ids and parameters, never data: below ${LIMIT_BYTES} bytes the whole way`, { timeout: 120_000 }, async () => {
    const largest = new Map<string, number>();
    const world = await openWorld(join(scratchForTest(), "home"), 2, (state, input) => {
      largest.set(state, Math.max(largest.get(state) ?? 0, Buffer.byteLength(JSON.stringify(input))));
    });
    await goTheWholeWay(world).finally(() => world.close());
    const steps = [
      "build-matrix",
      "plan-backtest",
      "fit-fold",
      "run-backtest",
      "plan-sweep",
      "evaluate-variants",
      "collect-sweep",
      "plan-training",
      "train-model",
      "publish-model",
      "plan-signals",
      "score-model",
      "deliver-signal",
    ] as const;
    expect([...largest.keys()].sort()).toEqual(steps.map((name) => stateNameOf(name)).sort());
    for (const [state, bytes] of largest) expect(bytes, state).toBeLessThan(LIMIT_BYTES);
  });
});
