import { SigmaError } from "#lib/errors/sigma-error.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * A variable that the stack gives to the function.
 *
 * @throws CONFIG_INVALID naming the variable when it is missing or empty
 */
export function readEnv(env: Env, name: string): string {
  const value = env[name];
  if (value !== undefined && value !== "") return value;
  throw new SigmaError("CONFIG_INVALID", `The environment variable "${name}" is not set. The stack sets it: deploy the function again.`, {
    variable: name,
  });
}
