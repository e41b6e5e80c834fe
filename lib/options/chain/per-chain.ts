import type { OptionChain } from "../../core/option-data.ts";

/**
 * Remembers what was worked out of a chain for as long as somebody holds the chain: a snapshot is measured once, however many
 * rows, columns and rebuilds read it. A chain is never written to once it was made.
 */
export function perChain<T>(make: (chain: OptionChain) => T): (chain: OptionChain) => T {
  const made = new WeakMap<OptionChain, { readonly value: T }>();
  return (chain) => {
    const known = made.get(chain);
    if (known) return known.value;
    const value = make(chain);
    made.set(chain, { value });
    return value;
  };
}
