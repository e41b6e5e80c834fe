import { SigmaError } from "../../errors/sigma-error.ts";

const FULL = new Set(["ENOSPC", "EDQUOT"]);
const NO_FOLDER = new Set(["ENOTDIR", "EEXIST"]);
const READ_ONLY = new Set(["EROFS", "EACCES", "EPERM"]);

/**
 * Names a failed file operation by what a person can do about it.
 *
 * @param what - what was being read or written, as SIGMA_HOME shows it
 */
export function storageFault(cause: unknown, what: string): SigmaError {
  const errno = (cause as NodeJS.ErrnoException).code ?? "unknown";
  const facts = { what, errno };
  if (FULL.has(errno))
    return new SigmaError(
      "STORE_FULL",
      `There is no space left to write ${what}. Free some space in the SIGMA_HOME folder and try again; nothing was half-written.`,
      facts,
      { cause },
    );
  if (READ_ONLY.has(errno))
    return new SigmaError(
      "STORE_READ_ONLY",
      `The system refuses access to ${what} ("${errno}"). Make the SIGMA_HOME folder writable for this user, or set SIGMA_HOME to another.`,
      facts,
      { cause },
    );
  if (NO_FOLDER.has(errno))
    return new SigmaError(
      "CONFIG_INVALID",
      `SIGMA_HOME must name a folder, but a file is in the place of a folder that ${what} needs. Move the file away, or set SIGMA_HOME to another.`,
      facts,
      { cause },
    );
  return new SigmaError(
    "STORE_UNAVAILABLE",
    `The file system failed on ${what} ("${errno}"). Check the disk of the SIGMA_HOME folder and try again.`,
    facts,
    { cause },
  );
}
