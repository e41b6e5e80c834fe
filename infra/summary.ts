import { type Stack, Validations } from "aws-cdk-lib";
import type { Bundle, CodeSize } from "./bundle.ts";

export interface SynthResult {
  readonly stack: Stack;
  readonly template: { readonly Resources: Readonly<Record<string, { readonly Type: string }>> };
  readonly bundles: ReadonlyMap<string, Bundle>;
  readonly seconds: number;
  readonly outdir: string;
}

/** What was synthesized, for a person: resources by type, bundles with their sizes, accepted findings by rule. */
export function summaryOf({ stack, template, bundles, seconds, outdir }: SynthResult): string {
  const types = counted(Object.values(template.Resources).map(({ Type }) => Type.replace(/^AWS::/, "")));
  const accepted = counted(acknowledgedRules(stack).map((rule) => rule.replace(/^.*::(?=AwsSolutions)|\[.*$/g, "")));
  const kb = (bytes: number): string => `${(bytes / 1000).toFixed(0).padStart(4)} kB`;
  const size = ({ bytes, gzipBytes }: CodeSize): string => `${kb(bytes)} ${kb(gzipBytes)}`;
  return [
    `${stack.stackName}: ${Object.keys(template.Resources).length} resources`,
    ...types.map(([type, count]) => `  ${String(count).padStart(3)} ${type}`),
    `${bundles.size} bundles, minified and gzipped: what a start loads, then all of it`,
    ...[...bundles.values()].map(({ name, start, total }) => `  ${name.padEnd(18)} ${size(start)}   ${size(total)}`),
    `Template validation and cdk-nag AwsSolutions: clean; accepted with reasons: ${accepted.map(([rule, count]) => `${count} ${rule}`).join(", ")}`,
    `Written to ${outdir} in ${seconds.toFixed(1)} s`,
    "",
  ].join("\n");
}

/** Every acknowledgement in the tree, by rule. */
function acknowledgedRules(stack: Stack): string[] {
  return stack.node
    .findAll()
    .flatMap((construct) =>
      construct.node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.keys(data as Record<string, string>)),
    );
}

function counted(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
