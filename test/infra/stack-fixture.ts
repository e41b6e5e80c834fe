import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { FUNCTIONS, type FunctionName, type FunctionSpec } from "#infra/manifest.ts";
import type { SigmaStack } from "#infra/stacks/sigma-stack.ts";
import { createCloudApp } from "#infra/synth.ts";
import type { WebSettings } from "#infra/web-settings.ts";

export interface Resource {
  readonly Type: string;
  readonly Properties: { readonly [key: string]: unknown };
  readonly DeletionPolicy?: string;
}
export type Resources = Readonly<Record<string, Resource>>;

export interface SynthesizedStack {
  readonly template: Template;
  readonly resources: Resources;
  readonly app: App;
  readonly stack: SigmaStack;
}

/** Synthesizes the stack over one-line bundles, with its checks; `change` plants something first. */
export function synthesize(
  options: {
    readonly functions?: Readonly<Record<FunctionName, FunctionSpec>>;
    readonly network?: Readonly<Record<string, string>>;
    readonly quotas?: Readonly<Record<string, string>>;
    readonly settings?: WebSettings;
    readonly digest?: string;
    readonly change?: (parts: { readonly app: App; readonly stack: SigmaStack }) => void;
  } = {},
): SynthesizedStack {
  const folder = mkdtempSync(join(tmpdir(), "sigma synth "));
  try {
    const bundles = new Map(
      (Object.keys(FUNCTIONS) as FunctionName[]).map((name) => {
        mkdirSync(join(folder, name));
        writeFileSync(join(folder, name, "index.mjs"), `export const handler = async () => "${name}";\n`);
        return [name, { folder: join(folder, name) }] as const;
      }),
    );
    const { app, stack } = createCloudApp({
      outdir: join(folder, "cdk.out"),
      bundles,
      web: { digest: options.digest ?? "0".repeat(64), ...(options.settings && { settings: options.settings }) },
      ...(options.functions && { functions: options.functions }),
      ...(options.network && { network: options.network }),
      ...(options.quotas && { quotas: options.quotas }),
    });
    options.change?.({ app, stack });
    const template = Template.fromStack(stack);
    return { template, resources: template.toJSON()["Resources"] as Resources, app, stack };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Resources of one type, by logical id. */
export function ofType(resources: Resources, type: string): [string, Resource][] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}

/** A value of a template as text: references as `<Name>` and `<Name.Attribute>`. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const { Ref, "Fn::GetAtt": attribute, "Fn::Join": join } = value as Record<string, unknown> & { "Fn::Join"?: [string, unknown[]] };
  if (typeof Ref === "string") return `<${Ref}>`;
  if (Array.isArray(attribute)) return `<${attribute.join(".")}>`;
  if (join) return join[1].map(textOf).join(join[0]);
  return JSON.stringify(value);
}

/** The logical id that a reference names. */
export const targetOf = (value: unknown): string => textOf(value).replace(/^<([^.>]+).*$/, "$1");
