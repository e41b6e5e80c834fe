import { SigmaError } from "../errors/sigma-error.ts";

/**
 * Secrets are named like environment variables, everywhere. A text of another form is not shown in the error: it may
 * be a value that somebody passed by mistake.
 *
 * @throws CONFIG_INVALID
 */
export function checkSecretName(name: string): string {
  if (/^[A-Z][A-Z0-9_]{0,127}$/.test(name)) return name;
  throw new SigmaError(
    "CONFIG_INVALID",
    `The name of a secret must match [A-Z][A-Z0-9_]*, at most 128 characters; found a text of ${name.length} characters that does not.`,
  );
}

/** The secret is not set, or set to nothing. */
export function secretMissing(name: string, remedy: string): SigmaError {
  return new SigmaError("CONFIG_INVALID", `The secret "${name}" is not set. ${remedy}`, { secret: name });
}
