import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createDynamoMetadataStore } from "#lib/adapters/aws/dynamo-metadata-store.ts";
import { createSystemClock } from "#lib/adapters/local/system-clock.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { type Env, readEnv } from "./env.ts";

/**
 * The ports of a function that keeps records and touches no artifact.
 *
 * @throws CONFIG_INVALID naming the variable that is missing
 */
export function recordPortsFromEnv(env: Env = process.env): { readonly metadata: MetadataStore; readonly clock: Clock } {
  const clock = createSystemClock();
  const tables = {
    state: readEnv(env, "STATE_TABLE"),
    signals: readEnv(env, "SIGNALS_TABLE"),
    idempotency: readEnv(env, "IDEMPOTENCY_TABLE"),
  };
  return { metadata: createDynamoMetadataStore({ client: new DynamoDBClient({}), tables, clock }), clock };
}
