import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Json } from "#lib/core/canonical-json.ts";
import { readYaml, YAML_MAX_BYTES } from "#lib/packs/yaml.ts";
import { command } from "../command.ts";
import { UsageError } from "../failure.ts";
import { packOf } from "../find-model.ts";
import { paintStatus } from "../paint.ts";
import type { Session } from "../session.ts";
import { renderTable } from "../table.ts";
import { MODEL_ARGS } from "./build.ts";

interface Explained {
  readonly path: string;
  readonly value: Json;
  readonly source: string;
}

export const policyExplain = command({
  name: "policy explain",
  description: "Every value of a model's policy, and which document set it",
  routes: ["GET /models", "GET /policy/explain"],
  args: MODEL_ARGS,
  examples: ["sigma policy explain spx_eq_swing_daily"],
  async run({ session, args }) {
    const client = await session.api();
    const { rows } = await client.get<{ readonly rows: readonly Explained[] }>("/policy/explain", {
      model_id: args.model,
      pack_id: await packOf(client, args.model, args.pack),
    });
    const table = renderTable<Explained>(
      [
        { header: "Setting", value: ({ path }) => path, shrinkTo: 24 },
        { header: "Value", value: ({ value }) => valueText(value), shrinkTo: 16 },
        { header: "From", value: ({ source }) => source },
      ],
      rows,
      session.width,
    );
    return { document: { rows }, text: table };
  },
});

const valueText = (value: Json): string => (value === null ? "n/a" : Array.isArray(value) ? value.join(", ") : String(value));

interface Issue {
  readonly code: string;
  readonly path: string;
  readonly issue: string;
}

interface Verdict {
  readonly valid: boolean;
  readonly errors: readonly Issue[];
  readonly warnings: readonly Issue[];
  readonly policy: Json;
}

export const policyValidate = command({
  name: "policy validate",
  description: "Whether a model and its policy are coherent; or, with --file, whether a policy document is valid by itself",
  routes: ["GET /models", "GET /validate_policy", "POST /validate_policy"],
  args: {
    model: { ...MODEL_ARGS.model, required: false },
    pack: MODEL_ARGS.pack,
    file: { type: "string", valueHint: "policy.yaml", description: "A policy document instead of a model" },
  },
  examples: ["sigma policy validate spx_eq_swing_daily", "sigma policy validate --file my_policy.yaml"],
  async run({ session, args }) {
    const { model, file } = args;
    const client = await session.api();
    if (file !== undefined) {
      if (model !== undefined) throw new UsageError("Give a model or --file, not both.");
      const verdict = await client.post<Verdict>("/validate_policy", { policy: await readPolicy(file) });
      return { document: verdict, text: verdictText(basename(file), verdict, session), exitCode: verdict.valid ? 0 : 1 };
    }
    if (model === undefined) throw new UsageError('"sigma policy validate" needs MODEL or --file. See: sigma policy validate --help');
    const query = { model_id: model, pack_id: await packOf(client, model, args.pack) };
    const verdict = await client.get<Verdict>("/validate_policy", query);
    return { document: verdict, text: verdictText(model, verdict, session), exitCode: verdict.valid ? 0 : 1 };
  },
});

function verdictText(name: string, { valid, errors, warnings }: Verdict, { paint }: Session): string {
  const issues = (status: "FAIL" | "WARN", found: readonly Issue[]): string[] =>
    found.map(({ code, path, issue }) => `  ${paintStatus(paint, status)} ${code}${path === "" ? "" : ` (${path})`}: ${issue}`);
  return [
    `${name}: ${valid ? paint("green", "valid") : paint("red", "invalid")}`,
    ...issues("FAIL", errors),
    ...issues("WARN", warnings),
  ].join("\n");
}

/** @throws UsageError when there is no such file; POLICY_INVALID with line and column when it is no YAML mapping */
async function readPolicy(file: string): Promise<Json> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) throw new UsageError(`There is no file "${file}" that can be read.`);
  if (bytes.byteLength > YAML_MAX_BYTES)
    throw new UsageError(`"${file}" has ${bytes.byteLength} bytes; a policy may have ${YAML_MAX_BYTES}.`);
  const found = readYaml(bytes.toString("utf8"), { code: "POLICY_INVALID", path: basename(file) });
  if (typeof found !== "object" || found === null || Array.isArray(found)) throw new UsageError(`"${file}" holds no mapping of settings.`);
  return found as Json;
}
