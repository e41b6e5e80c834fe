import type { Secrets } from "../../ports/secrets.ts";
import { checkSecretName, secretMissing } from "../secret-names.ts";

export interface EnvSecretsOptions {
  /** The process's environment merged with the `.env` file, as the composition root read them. */
  readonly values: Readonly<Record<string, string | undefined>>;
}

/** Takes secrets from environment variables. */
export function createEnvSecrets({ values }: EnvSecretsOptions): Secrets {
  return {
    async get(name) {
      const value = Object.hasOwn(values, checkSecretName(name)) ? values[name] : undefined;
      if (value === undefined || value === "") throw secretMissing(name, `Add a line "${name}=..." to the .env file, or set the variable.`);
      return value;
    },
  };
}
