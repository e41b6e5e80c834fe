/** The browser as signing in needs it, so that a test can stand in for it. */
export interface Surroundings {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** UTC milliseconds. */
  readonly now: () => number;
  /** Outlives the way to the place of signing in and back, in this tab only. */
  readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  readonly address: () => URL;
  readonly leave: (url: string) => void;
  readonly replaceAddress: (path: string) => void;
}
