import { readFileSync } from "node:fs";
import { App, CloudFormationValidatePlugin, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import type { FunctionName } from "./manifest.ts";
import { SigmaStack, type SigmaStackProps } from "./stacks/sigma-stack.ts";

/** CDK run outside its CLI reads no cdk.json: without these flags the same code would deploy differently. */
const FLAGS = JSON.parse(readFileSync(new URL(import.meta.resolve("aws-cdk-lib/recommended-feature-flags.json")), "utf8")) as Record<
  string,
  unknown
>;

const STACK_NAME = "SigmaLab";

/** The app with its checks registered: CDK's own template validation and cdk-nag's AwsSolutions. */
export function createCloudApp(options: {
  readonly outdir: string;
  readonly bundles: ReadonlyMap<FunctionName, { readonly folder: string }>;
  readonly network?: SigmaStackProps["network"];
  readonly quotas?: SigmaStackProps["quotas"];
  readonly web: SigmaStackProps["web"];
  readonly functions?: SigmaStackProps["functions"];
}): { readonly app: App; readonly stack: SigmaStack } {
  const app = new App({ outdir: options.outdir, context: FLAGS, analyticsReporting: false });
  const { bundles, network, quotas, web, functions } = options;
  const stack = new SigmaStack(app, STACK_NAME, {
    description: "Sigma Lab: from a trading idea to a trusted, explainable signal",
    bundles,
    web,
    ...(network && { network }),
    ...(quotas && { quotas }),
    ...(functions && { functions }),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new CloudFormationValidatePlugin());
  return { app, stack };
}
