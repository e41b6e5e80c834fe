import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Clock } from "../../ports/clock.ts";
import type { Secrets } from "../../ports/secrets.ts";
import { checkSecretName, secretMissing } from "../secret-names.ts";
import { awsFault } from "./aws-fault.ts";

export interface SecretsManagerSecretsOptions {
  readonly client: SecretsManagerClient;
  /** Put before each name, such as `sigma/prod/`. */
  readonly prefix: string;
  readonly clock: Clock;
  /** How long a value is reused before it is read again, so that a rotation is seen. */
  readonly cacheSeconds?: number;
}

/** Reads secrets from AWS Secrets Manager, one entry a name, and keeps them for a short time. */
export function createSecretsManagerSecrets({ client, prefix, clock, cacheSeconds = 300 }: SecretsManagerSecretsOptions): Secrets {
  const known = new Map<string, { readonly value: string; readonly readAt: number }>();

  return {
    async get(name) {
      const id = `${prefix}${checkSecretName(name)}`;
      const cached = known.get(name);
      if (cached && clock.now() - cached.readAt < cacheSeconds * 1000) return cached.value;
      const value = await read(client, id);
      if (value === undefined || value === "") throw secretMissing(name, `Create it in Secrets Manager as "${id}".`);
      known.set(name, { value, readAt: clock.now() });
      return value;
    },
  };
}

async function read(client: SecretsManagerClient, id: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId: id }))).SecretString;
  } catch (error) {
    if ((error as Error).name === "ResourceNotFoundException") return undefined;
    throw awsFault(error, `reading the secret "${id}"`);
  }
}
