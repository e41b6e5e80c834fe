import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { SigmaError } from "#lib/errors/sigma-error.ts";

/**
 * The process's environment, and below it what a `.env` file in the working directory says: a variable that is set, and
 * not to nothing, wins over the file.
 *
 * @throws CONFIG_INVALID when there is such a file that cannot be read
 */
export function localEnvironment(
  path = ".env",
  env: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<string, string | undefined>> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  return { ...readEnvFile(path), ...set };
}

function readEnvFile(path: string): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return {};
    throw new SigmaError(
      "CONFIG_INVALID",
      `The file ".env" cannot be read (${code ?? "unknown"}). Correct its permissions, or remove it.`,
      {},
      { cause: error },
    );
  }
}
