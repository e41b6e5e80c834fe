/** Lets calls for the same thing share one piece of work, and pieces on the same resource follow each other. */
export interface SingleFlight {
  /** A call while an equal one is under way gets that one's result. */
  share<T>(question: string, work: () => Promise<T>): Promise<T>;
  /** Waits for what is under way on the resource. */
  inTurn<T>(resource: string, work: () => Promise<T>): Promise<T>;
}

export function createSingleFlight(): SingleFlight {
  const shared = new Map<string, Promise<unknown>>();
  const tails = new Map<string, Promise<unknown>>();
  return {
    share<T>(question: string, work: () => Promise<T>): Promise<T> {
      const running = shared.get(question) as Promise<T> | undefined;
      if (running !== undefined) return running;
      const started = work().finally(() => shared.delete(question));
      shared.set(question, started);
      return started;
    },
    inTurn<T>(resource: string, work: () => Promise<T>): Promise<T> {
      const turn = (tails.get(resource) ?? Promise.resolve()).then(work);
      const tail = turn
        .catch(() => {})
        .finally(() => {
          if (tails.get(resource) === tail) tails.delete(resource);
        });
      tails.set(resource, tail);
      return turn;
    },
  };
}
