const SAFE = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/;

/** The caller's own id when it is safe to log and echo, else a new one. */
export const requestIdOf = (inbound: string | undefined, create: () => string): string =>
  inbound !== undefined && SAFE.test(inbound) ? inbound : create();
