import { createSigmaClient } from "#client/sigma-client.ts";
import { accessToken } from "./access.ts";
import { UnreachableError } from "./failure.ts";
import { currentWorkspace } from "./workspace.ts";

/** The API of the place that the page came from, for whoever is signed in, in the workspace that is open. */
export const client = createSigmaClient({ token: accessToken, transport: inWorkspace });

/** The workspace is read with each request, as it can change while the page is open. */
async function inWorkspace(url: string, init: RequestInit): Promise<Response> {
  const workspace = currentWorkspace();
  const headers = workspace === undefined ? {} : { "x-sigma-workspace": workspace };
  try {
    return await fetch(url, { ...init, headers: { ...(init.headers as Readonly<Record<string, string>>), ...headers } });
  } catch (error) {
    // Whoever hung up knows why.
    if (init.signal?.aborted === true) throw error;
    throw new UnreachableError(error);
  }
}
