import { randomUUID } from "node:crypto";
import { handle } from "hono/aws-lambda";
import { readQuotas } from "#lib/quotas/quotas.ts";
import { requireScope } from "../authorizer/require-scope.ts";
import { portsFromEnv } from "../shared/ports-from-env.ts";
import { workflowFromEnv } from "../shared/workflow-from-env.ts";
import { createApp } from "./app.ts";
import { cloudAdmin, cloudOwner } from "./owner.ts";

const ports = { ...portsFromEnv(), workflow: workflowFromEnv() };

export const handler = handle(
  createApp({
    ports,
    mode: "cloud",
    owner: (context) => {
      const owner = cloudOwner(context);
      requireScope(context.req.method, (context.env as { readonly event?: unknown }).event);
      return owner;
    },
    requireAdmin: cloudAdmin,
    quotas: readQuotas("cloud", process.env),
    version: ports.codeVersion,
    requestId: randomUUID,
    now: () => ports.clock.now(),
    onUnexpected: (error, requestId) => console.error("An error outside the catalogue reached the API.", { requestId, error }),
  }),
);
