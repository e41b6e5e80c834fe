import type { World } from "./support/world.ts";

export interface AppPage {
  /** Names it in reports, and its picture in docs/images. */
  readonly name: string;
  /** Below the server's address. */
  readonly path: (world: World) => string;
  /** The document shows its picture, as `docs/images/app-NAME.webp`. */
  readonly picture?: true;
}

/** Every page of the app, with the data of the demo: each is looked at in both themes and at both widths. */
export const PAGES: readonly AppPage[] = [
  { name: "dashboard", path: () => "/app/", picture: true },
  { name: "runs", path: () => "/app/runs" },
  { name: "run-sweep", path: ({ sweepRunId }) => `/app/runs/${sweepRunId}` },
];
