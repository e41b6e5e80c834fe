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

/** The same for what is worked out of several chains: remembered with the last of them, for the latest list that ended in it. */
export function perChains<T>(make: (chains: readonly OptionChain[]) => T): (chains: readonly OptionChain[]) => T {
  const made = new WeakMap<OptionChain, { readonly chains: readonly OptionChain[]; readonly value: T }>();
  return (chains) => {
    const last = chains.at(-1)!;
    const known = made.get(last);
    if (known && known.chains.length === chains.length && known.chains.every((chain, i) => chain === chains[i])) return known.value;
    const value = make(chains);
    made.set(last, { chains: [...chains], value });
    return value;
  };
}
