import { describe, expect, it } from "vitest";
import { type CartRow, createCart, MOST_IN_CART } from "../../../web/src/data/cart.ts";

const row = (row_id: string): CartRow => ({ row_id, pack_id: "p", model_id: "m", variant: "edge ≥ 0.1", status: "FAIL" });

function memory(): Storage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage & { readonly kept: Map<string, string> };
}

describe("createCart", () => {
  it("gives each workspace its own rows", () => {
    let workspace = "real";
    const cart = createCart(memory(), () => workspace);
    cart.write([row("a")]);
    workspace = "simulated";
    expect(cart.read()).toEqual([]);
    cart.write([row("b")]);
    workspace = "real";
    expect(cart.read()).toEqual([row("a")]);
  });

  it("gives the same list until it changes, and tells who listens", () => {
    const cart = createCart(memory(), () => "k");
    let told = 0;
    const stop = cart.subscribe(() => told++);
    cart.write([row("a"), row("b")]);
    expect(cart.read()).toBe(cart.read());
    stop();
    cart.write([]);
    expect(told).toBe(1);
  });

  it("is found by another page of the same tab", () => {
    const storage = memory();
    createCart(storage, () => "k").write([row("a")]);
    expect(createCart(storage, () => "k").read()).toEqual([row("a")]);
  });

  it("leaves out what is no row, and keeps no more than it says", () => {
    const storage = memory();
    const cart = createCart(storage, () => "k");
    for (const text of ["{", "3", '{"a":1}']) {
      storage.setItem("k", text);
      expect(cart.read()).toEqual([]);
    }
    storage.setItem("k", JSON.stringify([row("a"), { row_id: 3 }, null]));
    expect(cart.read()).toEqual([row("a")]);
    cart.write(Array.from({ length: MOST_IN_CART + 5 }, (_, i) => row(`r${i}`)));
    expect(cart.read()).toHaveLength(MOST_IN_CART);
  });

  it("goes on where storage is forbidden", () => {
    const refusing = {
      getItem: () => {
        throw new Error("no");
      },
      setItem: () => {
        throw new Error("no");
      },
    };
    const cart = createCart(refusing, () => "k");
    cart.write([row("a")]);
    expect(cart.read()).toEqual([]);
  });
});
