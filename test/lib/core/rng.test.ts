import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyedRng, createRng, type Rng } from "#lib/core/rng.ts";

const draw = <R extends Pick<Rng, "uniform">>(rng: R, count: number, of: (rng: R) => number): number[] =>
  Array.from({ length: count }, () => of(rng));
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("createRng", () => {
  it("gives xoshiro128**'s sequence for a seed", () => {
    // From an independent Python implementation, seeded with the SHA-256 of "sigma-rng:1".
    expect(draw(createRng(1), 3, (rng) => rng.uniform())).toEqual([0.11061566974579551, 0.8249612647513032, 0.6818274237696352]);
  });

  it("gives equal sequences for equal seeds and others for neighbouring seeds", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const first = draw(createRng(seed), 20, (rng) => rng.uniform());
        expect(draw(createRng(seed), 20, (rng) => rng.uniform())).toEqual(first);
        expect(draw(createRng(seed + 1), 20, (rng) => rng.uniform())).not.toEqual(first);
      }),
    );
  });

  it("spreads uniform numbers evenly over [0, 1)", () => {
    const values = draw(createRng(7), 100_000, (rng) => rng.uniform());
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const counts = new Array<number>(10).fill(0);
    for (const value of values) counts[Math.floor(value * 10)]! += 1;
    // 10,000 are expected in each tenth; five standard deviations are 474.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(474);
  });

  it("draws standard normals", () => {
    const values = draw(createRng(7), 100_000, (rng) => rng.normal());
    expect(Math.abs(mean(values))).toBeLessThan(0.016);
    expect(Math.abs(mean(values.map((value) => value ** 2)) - 1)).toBeLessThan(0.023);
    expect(Math.abs(mean(values.map((value) => value ** 4)) - 3)).toBeLessThan(0.16);
    const beyondTwo = values.filter((value) => Math.abs(value) > 1.959964).length / values.length;
    expect(Math.abs(beyondTwo - 0.05)).toBeLessThan(0.0035);
  });

  it("draws integers below the bound, all of them", () => {
    const values = draw(createRng("dice"), 1000, (rng) => rng.int(6));
    expect([...new Set(values)].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("forks streams that depend on seed and label only, and leaves the parent where it was", () => {
    const parent = createRng(3);
    const before = parent.fork("a").uniform();
    expect(parent.uniform()).toBe(createRng(3).uniform());
    expect(parent.fork("a").uniform()).toBe(before);
    expect(parent.fork("b").uniform()).not.toBe(before);
    expect(createRng(4).fork("a").uniform()).not.toBe(before);
  });
});

describe("createKeyedRng", () => {
  it("starts the same stream at the same place, whatever was drawn before, and another at any other place", () => {
    const rng = createKeyedRng(5);
    const at = (a: number, b: number): number[] => {
      rng.seek(a, b);
      return draw(rng, 4, (stream) => stream.uniform());
    };
    const first = at(20240701, 3);
    // Half of a pair of normals must not reach into the next place.
    rng.normal();
    expect(at(20240701, 3)).toEqual(first);
    const other = createKeyedRng(5);
    other.seek(20240701, 3);
    expect(draw(other, 4, (stream) => stream.uniform())).toEqual(first);
    const seen = new Set<number>();
    for (let a = 0; a < 100; a++) for (let b = 0; b < 100; b++) seen.add(at(a, b)[0]!);
    expect(seen.size).toBe(10_000);
    expect(at(3, 20240701)).not.toEqual(first);
  });

  it("has unrelated neighbours: first draws of consecutive places are uniform, normal and uncorrelated", () => {
    const rng = createKeyedRng("places");
    const n = 100_000;
    const uniforms: number[] = [];
    const normals: number[] = [];
    for (let i = 0; i < n; i++) {
      rng.seek(i >> 8, i & 255);
      uniforms.push(rng.uniform());
      normals.push(rng.normal());
    }
    const counts = new Array<number>(10).fill(0);
    for (const value of uniforms) counts[Math.floor(value * 10)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(474);
    // Five standard errors of a mean, a variance and a correlation of 100,000 independent values.
    expect(Math.abs(mean(normals))).toBeLessThan(0.016);
    expect(Math.abs(mean(normals.map((value) => value ** 2)) - 1)).toBeLessThan(0.023);
    expect(Math.abs(mean(normals.slice(1).map((value, i) => value * normals[i]!)))).toBeLessThan(0.016);
    expect(Math.abs(mean(normals.slice(256).map((value, i) => value * normals[i]!)))).toBeLessThan(0.016);
  });
});
