import { SigmaError } from "../errors/sigma-error.ts";

const OWNER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/**
 * Key prefix of what one owner created. Nothing outside it is ever read or written for that owner.
 *
 * @throws INVALID_PARAM when the owner's id could not safely become a key
 */
export function workspacePrefix(owner: string): string {
  if (!OWNER.test(owner))
    throw new SigmaError("INVALID_PARAM", `An owner's id must match ${OWNER.source}; found ${JSON.stringify(owner.slice(0, 80))}.`, {
      field: "owner",
    });
  return `owners/${owner}/packs`;
}
