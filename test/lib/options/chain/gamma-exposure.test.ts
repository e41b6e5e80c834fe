import { describe, expect, it } from "vitest";
import { blackScholes } from "#lib/options/black-scholes.ts";
import { chainLayout } from "#lib/options/chain/chain-layout.ts";
import { charmTotal, gammaFlip, gexNaive, gexSigned, vannaTotal } from "#lib/options/chain/gamma-exposure.ts";
import { contractGammas, gammaConcentration, gammaDensityPeak, gammaPeak, gammaSkew } from "#lib/options/chain/gamma-ladder.ts";
import { impliedMove } from "#lib/options/chain/iv-measures.ts";
import { pinRisk } from "#lib/options/chain/pin-risk.ts";
import { chainOf, pair, type TestContract } from "./build-chain.ts";

const contract = (strike: number, right: 1 | -1, openInterest: number, gamma: number): TestContract => ({
  strike,
  right,
  openInterest,
  gamma,
});

// Worked values: statistics.md 13 (shared reference).
const index = chainOf(
  [
    contract(4990, 1, 1200, 0.003),
    contract(5000, 1, 2500, 0.0032),
    contract(5010, 1, 1800, 0.003),
    contract(4990, -1, 2000, 0.003),
    contract(5000, -1, 2600, 0.0032),
    contract(5010, -1, 900, 0.003),
  ],
  { underlyingPrice: 5000 },
);

describe("gexNaive", () => {
  it("is -500,000 dollars for one percent", () => {
    expect(gexNaive(index, "all")).toBeCloseTo(-500_000, 6);
  });

  it("is 637.06 million where a glossary prints 6.37", () => {
    const glossary = chainOf([contract(520, 1, 62_000, 0.038)], { underlyingPrice: 520 });
    expect(gexNaive(glossary, "all") / 1e6).toBeCloseTo(637.06, 2);
  });

  it("takes gamma from the volatility where the source computed none, in the money from the other right's", () => {
    const chain = chainOf(pair(100, { iv: 0.2, openInterest: 10 }).map((one) => (one.right === 1 ? { ...one, gamma: 0.05 } : one)));
    const { gamma } = blackScholes({
      underlying: 100,
      strike: 100,
      years: 30 / 365,
      rate: 0,
      volatility: 0.2,
      dividendYield: 0,
      right: -1,
    });
    expect([...contractGammas(chain)]).toEqual([0.05, gamma]);
    expect(gexNaive(chain, "all")).toBeCloseTo((0.05 - gamma) * 10 * 100 * 100, 8);
  });

  it("is NaN when too much open interest has no gamma, when the underlying has no price, and without open interest", () => {
    const known = contract(100, 1, 59, 0.05);
    expect(gexNaive(chainOf([known, { strike: 110, right: 1, openInterest: 41 }]), "all")).toBeNaN();
    expect(gexNaive(chainOf([known, { strike: 110, right: 1, openInterest: 39 }]), "all")).toBeCloseTo(59 * 0.05 * 10_000, 8);
    expect(gexNaive({ ...index, underlyingPrice: 0 }, "all")).toBeNaN();
    expect(gexNaive(chainOf([{ strike: 100, right: 1, gamma: 0.05 }]), "all")).toBeNaN();
    // A gamma of 0 without a volatility was not computed.
    expect(gexNaive(chainOf([{ strike: 100, right: 1, gamma: 0, iv: 0, openInterest: 5 }]), "all")).toBeNaN();
  });
});

describe("contractGammas", () => {
  const gammaAt = (strike: number, volatility: number): number =>
    blackScholes({ underlying: 100, strike, years: 30 / 365, rate: 0, volatility, dividendYield: 0, right: 1 }).gamma;

  it("take a volatility between known strikes for those without one, and that of the last known strike beyond", () => {
    const chain = chainOf([
      { strike: 80, right: -1 },
      { strike: 90, right: -1, iv: 0.3 },
      { strike: 95, right: -1 },
      { strike: 98, right: -1, iv: 0.22 },
      { strike: 102, right: 1, iv: 0.2 },
      { strike: 110, right: 1 },
      { strike: 102, right: -1 },
    ]);
    const expected = [
      gammaAt(80, 0.3),
      gammaAt(90, 0.3),
      gammaAt(95, 0.25),
      gammaAt(98, 0.22),
      gammaAt(102, 0.2),
      gammaAt(110, 0.2),
      gammaAt(102, 0.2),
    ];
    contractGammas(chain).forEach((gamma, i) => {
      expect(gamma).toBeCloseTo(expected[i]!, 12);
    });
  });

  it("are unknown for an expiry without a volatility at the money", () => {
    expect([
      ...contractGammas(
        chainOf([
          { strike: 90, right: -1, iv: 0.3 },
          { strike: 95, right: -1 },
        ]),
      ),
    ]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe("gexSigned", () => {
  // The tape of statistics.md flow 2, its gammas and result of flow 3: 498 to 502 at 500.30.
  const gammas = [0.1020741386, 0.1335374225, 0.1508805022, 0.1473625358, 0.1245211349];
  const chain = chainOf(
    gammas.flatMap((gamma, k) => pair(498 + k, { gamma, openInterest: 1 })),
    { underlyingPrice: 500.3 },
  );
  const [slice] = chainLayout(chain).slices;
  const taken = { strikes: [498, 499, 500, 501, 502], calls: [0, 0, -10, -5, -20], puts: [-30, 4, 9, 0, 0] };

  it("is +1,478,319.98 dollars for the published tape", () => {
    expect(gexSigned(chain, slice!, taken)).toBeCloseTo(1_478_319.98, 2);
  });

  it("is NaN when a net is unknown, or most of it has no gamma; 0 when nothing was taken", () => {
    expect(gexSigned(chain, slice!, { ...taken, puts: [-30, Number.NaN, 9, 0, 0] })).toBeNaN();
    expect(gexSigned(chain, slice!, { strikes: [700, 500], calls: [100, 1], puts: [0, 0] })).toBeNaN();
    expect(gexSigned(chain, slice!, { strikes: [], calls: [], puts: [] })).toBe(0);
    expect(gexSigned(chain, slice!, { strikes: [500], calls: [0], puts: [0] })).toBe(0);
  });
});

describe("gammaFlip", () => {
  const iv = 0.2;
  const hung = (put: number, call: number, contracts = 100): TestContract[] => [
    { strike: put, right: -1, openInterest: contracts, iv },
    { strike: call, right: 1, openInterest: contracts, iv },
  ];

  it("is where two equal positions balance: sqrt(K1 K2) exp(-variance / 2)", () => {
    const flip = gammaFlip(chainOf(hung(95, 105)), "all", 0.1);
    expect(flip).toBeCloseTo(Math.sqrt(95 * 105) * Math.exp((-iv * iv * 30) / 365 / 2), 2);
  });

  it("is the crossing nearest to the spot", () => {
    const chain = chainOf([...hung(90, 92), ...hung(99, 104)], { underlyingPrice: 100 });
    expect(gammaFlip(chain, "all", 0.15)).toBeGreaterThan(97);
    expect(gammaFlip(chain, "all", 0.15)).toBeLessThan(105);
  });

  it("is NaN without a crossing, and where calls and puts cancel at every strike", () => {
    expect(gammaFlip(chainOf(pair(100, { openInterest: 5, iv })), "all", 0.1)).toBeNaN();
    expect(
      gammaFlip(
        chainOf([
          { strike: 100, right: 1, openInterest: 5, iv },
          { strike: 90, right: -1, openInterest: 0, iv },
        ]),
        "all",
        0.1,
      ),
    ).toBeNaN();
    expect(gammaFlip(chainOf(hung(95, 105)), "all", 0.001)).toBeNaN();
  });
});

describe("charmTotal and vannaTotal", () => {
  const iv = 0.25;
  const positions: TestContract[] = [
    { strike: 97, right: -1, openInterest: 70, iv },
    { strike: 104, right: 1, openInterest: 40, iv },
    { strike: 104, right: -1, openInterest: 10, iv },
  ];
  const hedge = (years: number, volatility: number): number =>
    [
      [97, -70],
      [104, 30],
    ].reduce((sum, [strike, net]) => {
      const spec = { underlying: 100, strike: strike!, years, rate: 0, volatility, dividendYield: 0, right: 1 } as const;
      return sum + net! * 100 * 100 * blackScholes(spec).delta;
    }, 0);

  it("are the change of the hedge in dollars over one day and over one volatility point", () => {
    const chain = chainOf([...positions, { strike: 99, right: -1, iv }, { strike: 101, right: 1, iv }]);
    const years = 30 / 365;
    const day = 1 / 365;
    const small = 1e-5;
    expect(charmTotal(chain, "all")).toBeCloseTo((hedge(years - small * day, iv) - hedge(years + small * day, iv)) / (2 * small), 3);
    expect(vannaTotal(chain, "all")).toBeCloseTo((hedge(years, iv + small) - hedge(years, iv - small)) / (2 * small) / 100, 3);
  });

  it("are NaN when the volatility of most open interest is unknown", () => {
    const chain = chainOf([{ strike: 97, right: -1, openInterest: 70 }, ...positions.slice(1)]);
    expect([charmTotal(chain, "all"), vannaTotal(chain, "all"), gammaFlip(chain, "all", 0.1)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
});

describe("the shape of gamma", () => {
  const chain = chainOf(
    [
      contract(95, -1, 100, 0.01),
      contract(99, 1, 30, 0.05),
      contract(100, 1, 30, 0.05),
      contract(101, 1, 30, 0.05),
      contract(110, 1, 200, 0.01),
    ],
    { underlyingPrice: 100.5 },
  );

  it("has its peak at one strike, and its density's peak where neighbours add up", () => {
    expect(gammaPeak(chain, "front")).toBe(110);
    expect(gammaDensityPeak(chain, "front", 0.01)).toBe(100);
    expect(gammaDensityPeak(chain, "front", 0.0001)).toBe(110);
  });

  it("is concentrated as its largest strikes are: 2, 1.5, 1.5, 1.5, 1 of 7.5", () => {
    expect(gammaConcentration(chain, "front", 1)).toBeCloseTo(2 / 7.5, 12);
    expect(gammaConcentration(chain, "front", 3)).toBeCloseTo(5 / 7.5, 12);
    expect(gammaConcentration(chain, "front", 9)).toBe(1);
  });

  it("leans to the right of the spot by (3.5 - 4) / 7.5", () => {
    expect(gammaSkew(chain, "front")).toBeCloseTo(-0.5 / 7.5, 12);
  });

  it("is NaN where nothing is open", () => {
    const empty = chainOf(pair(100, { gamma: 0.05, openInterest: 0 }));
    for (const measure of [gammaPeak, gammaSkew]) expect(measure(empty, "front")).toBeNaN();
    expect(gammaConcentration(empty, "front", 3)).toBeNaN();
    expect(gammaDensityPeak(empty, "front", 0.01)).toBeNaN();
    expect(pinRisk(empty, "front")).toBeNaN();
  });
});

describe("pinRisk", () => {
  const smile = [80, 120].flatMap((strike) => pair(strike, { iv: 0.2, openInterest: 0 }));

  it("is the share of gamma at the heaviest strike within a straddle, times closeness", () => {
    const chain = chainOf([...smile, contract(101, 1, 60, 0.05), contract(130, -1, 40, 0.05)]);
    const straddle = 100 * impliedMove(chain, { days: 0, source: "auto" });
    expect(straddle).toBeGreaterThan(4);
    expect(pinRisk(chain, "front")).toBeCloseTo(0.6 * (1 - 1 / straddle), 12);
  });

  it("is 0 when no strike with gamma lies within a straddle", () => {
    expect(pinRisk(chainOf([...smile, contract(110, 1, 60, 0.05)]), "front")).toBe(0);
  });
});
