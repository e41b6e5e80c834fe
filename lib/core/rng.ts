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

/** A family of streams with a numbered place for each: any place is reached at once, in any order. */
export interface KeyedRng extends Omit<Rng, "fork"> {
  /** Moves to the beginning of the stream of two whole numbers below 2^32. Distinct pairs have distinct streams. */
  seek(a: number, b: number): void;
}

/**
 * xoshiro128** seeded from the SHA-256 of the seed's text, so that neighbouring seeds are unrelated.
 *
 * @see Blackman & Vigna, Scrambled Linear Pseudorandom Number Generators (2021)
 */
export function createRng(seed: number | string): Rng {
  const digest = sha256(`sigma-rng:${seed}`);
  const { uniform, normal, int } = createGenerator(wordsOf(digest));
  return { uniform, normal, int, fork: (label) => createRng(`${digest}/${label}`) };
}

/**
 * A generator whose streams are told apart by two numbers instead of a text: a market draws each contract's minute from its
 * own stream without paying for a digest. It stands at the place (0, 0).
 */
export function createKeyedRng(seed: number | string): KeyedRng {
  const words = wordsOf(sha256(`sigma-keyed-rng:${seed}`));
  const { uniform, normal, int, restart } = createGenerator(words);
  const seek = (a: number, b: number): void => {
    // Each word is a bijection of its own key for fixed earlier words, so no two places share a state.
    const first = mixed(words[0] + a);
    const second = mixed(words[1] ^ first ^ Math.imul(b, 0x9e3779b1));
    const third = mixed(words[2] + second);
    restart(first, second, third, mixed(words[3] ^ third) | 1);
  };
  seek(0, 0);
  return { uniform, normal, int, seek };
}

type Words = readonly [number, number, number, number];

const wordsOf = (digest: string): Words => {
  const word = (at: number): number => Number.parseInt(digest.slice(at, at + 8), 16) | 0;
  return [word(0), word(8), word(16), word(24) | 1];
};

function createGenerator(words: Words) {
  let [a, b, c, d] = words;
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
    normal(): number {
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
    int: (bound: number): number => Math.floor(uniform() * bound),
    restart(first: number, second: number, third: number, fourth: number): void {
      a = first;
      b = second;
      c = third;
      d = fourth;
      spare = Number.NaN;
    },
  };
}

const rotl = (x: number, k: number): number => (x << k) | (x >>> (32 - k));

/** A bijection of 32-bit words that changes half of the bits for any change of one. @see Appleby, MurmurHash3 (fmix32) */
function mixed(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
