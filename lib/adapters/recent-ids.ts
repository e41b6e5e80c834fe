/** Remembers the ids of the last deliveries, so that a sink hands an alert over once although it is told twice. */
export interface RecentIds {
  has(id: string): boolean;
  add(id: string): void;
}

/** @param capacity - how many ids are remembered; the oldest goes first */
export function createRecentIds(capacity = 10_000): RecentIds {
  const ids = new Set<string>();
  return {
    has: (id) => ids.has(id),
    add(id) {
      ids.add(id);
      if (ids.size > capacity) ids.delete(ids.values().next().value!);
    },
  };
}
