import { S3Client } from "@aws-sdk/client-s3";
import { createS3ArtifactStore } from "#lib/adapters/aws/s3-artifact-store.ts";
import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { NETWORK_PROVIDERS, readNetworkSettings } from "#lib/market-data/network-settings.ts";
import type { DataProvider } from "#lib/market-data/providers/data-provider.ts";
import { lazyProviders } from "#lib/market-data/providers/lazy-provider.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { Clock } from "#lib/ports/clock.ts";
import { type Env, readEnv } from "./env.ts";
import type { StepPorts } from "./ports.ts";
import { recordPortsFromEnv } from "./record-ports-from-env.ts";

/** Version and digest of the code, written into the bundle when it is built. */
declare const SIGMA_CODE_VERSION: string;

/**
 * The ports of a pipeline step in Lambda: S3, DynamoDB, and the packs and sample data that lie beside the bundle. The code of
 * market data and of the computation of indicators is loaded by the first call that needs it.
 *
 * @throws CONFIG_INVALID naming the variable or file that is missing
 */
export function portsFromEnv(env: Env = process.env): StepPorts {
  const artifacts = createS3ArtifactStore({ client: new S3Client({}), bucket: readEnv(env, "ARTIFACT_BUCKET") });
  const { metadata, clock } = recordPortsFromEnv(env);
  return {
    metadata,
    clock,
    artifacts,
    marketData: createLocalMarketData({
      artifacts,
      sample: async () => (await import("./bundled-sample.ts")).readBundledSample(),
      network: networkFromEnv(env, artifacts, clock),
    }),
    builtinPacks: readBuiltinPacks(),
    computeColumns: async (...plan) => (await import("#lib/indicators/plan.ts")).computeHere(...plan),
    codeVersion: bundledCodeVersion(),
  };
}

/** The vendors across the network. Their code is loaded when one is asked: most calls ask none. */
function networkFromEnv(env: Env, artifacts: ArtifactStore, clock: Clock): readonly DataProvider[] {
  const parts = { artifacts, clock, settings: readNetworkSettings(env), secretPrefix: readEnv(env, "SECRET_PREFIX") };
  return lazyProviders(NETWORK_PROVIDERS, async () => (await import("./network-from-env.ts")).networkFromEnv(parts));
}

function bundledCodeVersion(): string {
  if (typeof SIGMA_CODE_VERSION === "string") return SIGMA_CODE_VERSION;
  throw new SigmaError(
    "CONFIG_INVALID",
    'This code carries no version: it runs in Lambda from a bundle only. Build it with "npm run synth".',
  );
}
