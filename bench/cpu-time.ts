/**
 * CPU time of some work in this process, garbage collection and threads included: other work on the machine does not count.
 *
 * @returns milliseconds, and what the work gave
 */
export async function cpuTime<T>(work: () => T | Promise<T>): Promise<{ readonly milliseconds: number; readonly result: T }> {
  const from = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(from);
  return { milliseconds: (user + system) / 1000, result };
}
