import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** The product as `npm start` serves it, in a process group of its own. */
export interface ServedProduct {
  readonly port: number;
  /** All that it has written. */
  said(): string;
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>;
}

/** @throws what it said when it ends before it serves */
export async function serveProduct(port: number, env: Readonly<Record<string, string>>): Promise<ServedProduct> {
  const child = spawn("npm", ["start"], {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env, PORT: String(port) },
  });
  let said = "";
  let gone = false;
  const ended = new Promise<void>((settle) => child.once("close", () => settle()));
  const serving = new Promise<void>((settle, fail) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes(`:${port}`)) settle();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", fail);
    child.once("close", () => {
      gone = true;
      fail(new Error(`The server ended before it served:\n${said}`));
    });
  });
  await serving;
  return {
    port,
    said: () => said,
    async stop() {
      if (!gone) process.kill(-child.pid!, "SIGTERM");
      await ended;
    },
  };
}

/** The port that is wanted where both loopback addresses have it, else any free one. */
export async function freePort(wanted: number): Promise<number> {
  const isFree = (await canListen(wanted, "127.0.0.1")) !== null && (await canListen(wanted, "::1")) !== null;
  return isFree ? wanted : (await canListen(0, "127.0.0.1"))!;
}

/** @returns the port; null when another program has it. An address that the machine does not have is no obstacle */
function canListen(port: number, host: string): Promise<number | null> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.once("error", ({ code }: NodeJS.ErrnoException) => settle(code === "EADDRINUSE" ? null : port));
    probe.listen(port, host, () => {
      const { port: bound } = probe.address() as { port: number };
      probe.close(() => settle(bound));
    });
  });
}
