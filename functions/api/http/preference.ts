/** Longest wait that a caller of the versioned paths can ask for. */
const MAX_WAIT_SECONDS = 20;

/** How long an unversioned path waits in the cloud, inside the gateway's own limit of 29 s. */
const CLASSIC_CLOUD_SECONDS = 25;

/**
 * How many seconds a request for long work waits for the end (RFC 7240). `Prefer: wait=20` waits at most 20 s; a bare
 * `wait` means until done on one machine and 20 s in the cloud; `respond-async` never waits. Without a preference the
 * versioned paths do not wait, and the unversioned ones wait until done (25 s in the cloud).
 */
export function waitSeconds(prefer: string | undefined, { mode, versioned }: { mode: "local" | "cloud"; versioned: boolean }): number {
  const asked = (prefer ?? "").split(/[,;]/).map((part) => part.trim().toLowerCase());
  if (asked.includes("respond-async")) return 0;
  const untilDone = mode === "local" ? Number.POSITIVE_INFINITY : MAX_WAIT_SECONDS;
  for (const preference of asked) {
    if (preference === "wait") return untilDone;
    const match = /^wait\s*=\s*"?(\d{1,6})"?$/.exec(preference);
    if (match) return Math.min(MAX_WAIT_SECONDS, Number(match[1]));
  }
  if (versioned) return 0;
  return mode === "local" ? untilDone : CLASSIC_CLOUD_SECONDS;
}
