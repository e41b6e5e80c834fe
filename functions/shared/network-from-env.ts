import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createSecretsManagerSecrets } from "#lib/adapters/aws/secrets-manager-secrets.ts";
import { createNetworkProviders } from "#lib/adapters/network/network-providers.ts";
import type { NetworkSettings } from "#lib/market-data/network-settings.ts";
import type { DataProvider } from "#lib/market-data/providers/data-provider.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { Clock } from "#lib/ports/clock.ts";

/** The vendors across the network, with their keys in Secrets Manager. */
export function networkFromEnv(parts: {
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
  readonly settings: NetworkSettings;
  readonly secretPrefix: string;
}): readonly DataProvider[] {
  const { clock, secretPrefix } = parts;
  const secrets = createSecretsManagerSecrets({ client: new SecretsManagerClient({}), prefix: secretPrefix, clock });
  return createNetworkProviders({ ...parts, secrets });
}
