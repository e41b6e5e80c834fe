import type { WebConfig } from "#lib/accounts/web-config.schema.ts";

/** Who is signed in, for showing; what they may do is decided by the API. */
export interface Person {
  readonly id: string;
  readonly email: string | undefined;
}

/** Who uses the app, and the token that their requests carry. */
export interface Session {
  readonly mode: WebConfig["mode"];
  /** Absent where nobody signs in. */
  readonly person?: Person | undefined;
  /** The token that is valid now; undefined where none is asked for. */
  token(): Promise<string | undefined>;
  /** Ends the session here and at the place of signing in. The page is left. */
  signOut?(): Promise<void>;
}
