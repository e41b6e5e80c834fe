import type { DataProvider } from "./data-provider.ts";

/**
 * Providers that are loaded when one of them is asked for something, all at once.
 *
 * @param names - of the providers that `load` gives
 */
export function lazyProviders(names: readonly string[], load: () => Promise<readonly DataProvider[]>): readonly DataProvider[] {
  let loading: Promise<readonly DataProvider[]> | undefined;
  const loaded = async (name: string): Promise<DataProvider> => {
    loading ??= load().catch((error: unknown) => {
      // The next request tries again.
      loading = undefined;
      throw error;
    });
    const provider = (await loading).find((one) => one.name === name);
    if (provider === undefined) throw new TypeError(`No provider "${name}" was loaded.`);
    return provider;
  };
  return names.map((name) => ({
    name,
    offer: async (owner) => (await loaded(name)).offer(owner),
    bars: async (request) => (await loaded(name)).bars?.(request),
    optionChains: async (request) => (await loaded(name)).optionChains?.(request),
    chainEditions: async (request) => (await loaded(name)).chainEditions?.(request),
    optionBars: async (request) => (await loaded(name)).optionBars?.(request),
    optionTape: async (request) => (await loaded(name)).optionTape?.(request),
    flowCells: async (request) => (await loaded(name)).flowCells?.(request),
    underlyingTape: async (request) => (await loaded(name)).underlyingTape?.(request),
  }));
}
