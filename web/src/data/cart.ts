import { useSyncExternalStore } from "react";
import { currentWorkspace } from "./workspace.ts";

/** What the cart remembers of a row, enough to name it and to say what may be done with it. */
export interface CartRow {
  readonly row_id: string;
  readonly pack_id: string;
  readonly model_id: string;
  readonly variant: string;
  readonly status: string;
}

/** More are no longer compared, but kept. */
export const MOST_IN_CART = 20;

/** Keeps the chosen rows of each workspace until the tab is closed. */
export interface Cart {
  read(): readonly CartRow[];
  write(rows: readonly CartRow[]): void;
  subscribe(listener: () => void): () => void;
}

type Storage = Pick<globalThis.Storage, "getItem" | "setItem">;

const NONE: readonly CartRow[] = [];
const isRow = (value: unknown): value is CartRow =>
  typeof value === "object" &&
  value !== null &&
  ["row_id", "pack_id", "model_id", "variant", "status"].every((key) => typeof (value as Record<string, unknown>)[key] === "string");

/** @param keyOf - the workspace's own place, asked each time, as the workspace can change while the page is open */
export function createCart(storage: Storage, keyOf: () => string): Cart {
  const listeners = new Set<() => void>();
  const seen = new Map<string, { readonly text: string; readonly rows: readonly CartRow[] }>();
  return {
    read() {
      const key = keyOf();
      const text = readText(storage, key);
      const known = seen.get(key);
      if (known?.text === text) return known.rows;
      const rows = parse(text);
      seen.set(key, { text, rows });
      return rows;
    },
    write(rows) {
      try {
        storage.setItem(keyOf(), JSON.stringify(rows.slice(0, MOST_IN_CART)));
      } catch {
        // Storage that is full or forbidden: the choice is lost with the page, nothing else is.
      }
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readText(storage: Storage, key: string): string {
  try {
    return storage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function parse(text: string): readonly CartRow[] {
  if (text === "") return NONE;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isRow).slice(0, MOST_IN_CART) : NONE;
  } catch {
    return NONE;
  }
}

let cart: Cart | undefined;
const ownCart = (): Cart => {
  cart ??= createCart(window.sessionStorage, () => `sigma.cart.${currentWorkspace() ?? "real"}`);
  return cart;
};

/** The rows chosen on any page, and how to choose others. */
export function useCart(): readonly [rows: readonly CartRow[], choose: (rows: readonly CartRow[]) => void] {
  const { read, write, subscribe } = ownCart();
  return [useSyncExternalStore(subscribe, read), write];
}
