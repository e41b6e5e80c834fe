import type { Session } from "./session.ts";

/**
 * Asks a person before something that cannot be undone. A program (no terminal, or `--json`) is not asked: it has said
 * what it wants.
 *
 * @returns whether to go on
 */
export async function confirmed(session: Session, message: string): Promise<boolean> {
  const { json, terminal } = session;
  if (json || process.stdin.isTTY !== true || terminal.stderr.isTTY !== true) return true;
  const { confirm } = await import("@clack/prompts");
  return (await confirm({ message, initialValue: false, output: process.stderr })) === true;
}
