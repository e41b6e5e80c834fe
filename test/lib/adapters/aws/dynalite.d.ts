declare module "dynalite" {
  import type { Server } from "node:http";

  /** An in-process DynamoDB. The delays are in milliseconds. */
  export default function dynalite(options: {
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }): Server;
}
