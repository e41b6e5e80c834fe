import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalSystem } from "#infra/local/local-system.ts";
import { createLocalApp } from "#infra/local/server.ts";
import { documentNames } from "#lib/packs/pack-source.ts";
import { timed } from "../latencies.ts";
import type { Figure, Workload } from "../workload.ts";

const OWN = [0, 2, 10] as const;
const REQUESTS = 20;
const LISTS = ["/packs", "/strategies", "/model_templates"] as const;

/** Lists over all packs of an owner, who wrote none, two or ten of them. */
export const packLists: Workload = {
  name: "pack-lists",
  title: "API: lists of packs, strategies and templates with own packs, in process",
  async run() {
    const home = mkdtempSync(join(tmpdir(), "sigma-bench-packs-"));
    const system = await createLocalSystem({ home, alerts: { deliver: async () => {} } });
    try {
      const app = createLocalApp(system);
      const ask = async (method: string, path: string, body?: object): Promise<Response> =>
        await app.request(`/v1${path}`, {
          method,
          headers: { "content-type": "application/json" },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
      const figures: Figure[] = [];
      let written = 0;
      for (const own of OWN) {
        for (; written < own; written += 1) {
          const response = await ask("POST", "/packs", { documents: copyOfPack(system.ports.builtinPacks, `bench_pack_${written}`) });
          if (!response.ok) throw new Error(`POST /packs: ${response.status} ${await response.text()}`);
        }
        for (const path of LISTS) {
          const { p50Ms } = await timed(`GET ${path}`, REQUESTS, 1, () => ask("GET", path));
          figures.push({
            label: `GET ${path}, ${own} own packs: p50`,
            value: p50Ms,
            unit: "ms",
            note: `${REQUESTS} requests, one after another`,
          });
        }
      }
      return figures;
    } finally {
      await system.close();
      rmSync(home, { recursive: true, force: true });
    }
  },
};

type Documents = Parameters<typeof documentNames>[0];

/** The built-in pack that has most documents, under an id of the owner's; models are no part of it. */
function copyOfPack(builtIn: Documents, id: string): Record<string, string> {
  const texts = (["indicator_sets", "strategies", "policy_templates", "risk_profiles", "model_templates"] as const).flatMap((kind) =>
    documentNames(builtIn, "swingsigma", kind)
      .filter((name) => !name.includes("_example"))
      .map((name) => [`${id}/${kind}/${name}.yaml`, builtIn.read(`swingsigma/${kind}/${name}.yaml`)!]),
  );
  const pack = builtIn
    .read("swingsigma/pack.yaml")!
    .replace("id: swingsigma", `id: ${id}`)
    .replace("name: SwingSigma", `name: ${id.replaceAll("_", " ")}`);
  return { ...Object.fromEntries(texts), [`${id}/pack.yaml`]: pack.replace(/^version: .*$/m, "version: 0.1.0") };
}
