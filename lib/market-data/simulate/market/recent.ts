/** Remembers the values that were used last, and makes the others anew: memory stays bounded whatever is asked. */
export interface Recent<T> {
  get(key: string, make: () => T): T;
}

export function createRecent<T>(capacity: number): Recent<T> {
  const kept = new Map<string, T>();
  return {
    get(key, make) {
      const value = kept.get(key) ?? make();
      // A map iterates in the order of insertion: the first key is the one not used for longest.
      kept.delete(key);
      kept.set(key, value);
      if (kept.size > capacity) kept.delete(kept.keys().next().value!);
      return value;
    },
  };
}
