import { sha256 } from "./digest.ts";

/** A seeded source of randomness. Equal seeds give equal sequences on every machine. */
export interface Rng {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Standard normal (polar Box-Muller). */
  normal(): number;
  /** Uniform integer in [0, bound). */
  int(bound: number): number;
  /** An independent stream named by a label; does not advance this one. */
  fork(label: string): Rng;
}

/**
 * xoshiro128** seeded from the SHA-256 of the seed's text, so that neighbouring seeds are unrelated.
 *
 * @see Blackman & Vigna, Scrambled Linear Pseudorandom Number Generators (2021)
 */
export function createRng(seed: number | string): Rng {
  const digest = sha256(`sigma-rng:${seed}`);
  let a = Number.parseInt(digest.slice(0, 8), 16) | 0;
  let b = Number.parseInt(digest.slice(8, 16), 16) | 0;
  let c = Number.parseInt(digest.slice(16, 24), 16) | 0;
  let d = Number.parseInt(digest.slice(24, 32), 16) | 1;
  let spare = Number.NaN;

  const next = (): number => {
    const scrambled = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotl(d, 11);
    return scrambled;
  };
  const uniform = (): number => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;

  return {
    uniform,
    normal() {
      if (!Number.isNaN(spare)) {
        const value = spare;
        spare = Number.NaN;
        return value;
      }
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const s = u * u + v * v;
        if (s > 0 && s < 1) {
          const scale = Math.sqrt((-2 * Math.log(s)) / s);
          spare = v * scale;
          return u * scale;
        }
      }
    },
    int: (bound) => Math.floor(uniform() * bound),
    fork: (label) => createRng(`${digest}/${label}`),
  };
}

const rotl = (x: number, k: number): number => (x << k) | (x >>> (32 - k));
