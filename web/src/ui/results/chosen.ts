import type { CartRow } from "../../data/cart.ts";
import { cartRowOf, type ResultRow } from "./result-row.ts";

/**
 * The cart after a choice in one list: what this list does not show stays, what it shows follows the choice; new rows come last.
 *
 * @param keys - the chosen keys, those of rows that the list does not show included or not
 */
export function chosenFrom(cart: readonly CartRow[], shown: readonly ResultRow[], keys: ReadonlySet<string>): readonly CartRow[] {
  const isShown = new Set(shown.map(({ row_id }) => row_id));
  const kept = cart.filter(({ row_id }) => !isShown.has(row_id) || keys.has(row_id));
  const inCart = new Set(kept.map(({ row_id }) => row_id));
  return [...kept, ...shown.filter(({ row_id }) => keys.has(row_id) && !inCart.has(row_id)).map(cartRowOf)];
}
