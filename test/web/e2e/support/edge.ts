import { createServer, request } from "node:http";
import { contentSecurityPolicy } from "#infra/web-headers.ts";
import type { WebConfig } from "#lib/accounts/web-config.schema.ts";

/** Stands before the local server as CloudFront stands before the cloud's: another configuration, and a policy that fits it. */
export interface Edge {
  readonly url: string;
  close(): Promise<void>;
}

export async function startEdge(behind: string, config: Extract<WebConfig, { mode: "cloud" }>): Promise<Edge> {
  const policy = contentSecurityPolicy({ connect: [config.sign_in.domain] });
  const server = createServer((asked, answer) => {
    if (asked.url === "/app/config.json") {
      answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(config));
      return;
    }
    const passed = request(`${behind}${asked.url}`, { method: asked.method, headers: asked.headers }, (given) => {
      const isApp = asked.url?.startsWith("/app/") === true;
      answer.writeHead(given.statusCode!, { ...given.headers, ...(isApp && { "content-security-policy": policy }) });
      given.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    answer.on("close", () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
