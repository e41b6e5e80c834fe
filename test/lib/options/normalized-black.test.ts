import { describe, expect, it } from "vitest";
import { normalizedBlack, normalizedBlackComplement, normalizedVega } from "#lib/options/normalized-black.ts";

describe("normalizedBlack, normalizedBlackComplement", () => {
  // x, s, e^(x/2) N(x/s + s/2) - e^(-x/2) N(x/s - s/2) and what it lacks to e^(x/2): 60-digit arithmetic (mpmath), one row for each
  // region and both sides of its borders.
  it.each([
    [-0.001, 3e-5, 5.706801127366382e-250, 0.9995001249791693],
    [-0.1, 0.0099, 2.6292508552400683e-27, 0.951229424500714],
    [-0.1, 0.0101, 2.0614137995587123e-26, 0.951229424500714],
    [-2.0, 0.199, 8.857473923232731e-26, 0.36787944117144233],
    [-0.5, 0.051, 2.7601632460377125e-25, 0.7788007830714049],
    [-4.3, 0.43, 3.1419874517164834e-25, 0.11648415777349697],
    [-0.02, 0.01, 8.4906191666058e-5, 0.989964927557502],
    [-1e-9, 0.01, 0.003989405681481665, 0.9960105938185183],
    [-0.05, 0.41, 0.1386656170637564, 0.8366442949645763],
    [-0.05, 0.43, 0.14641528093597347, 0.8288946310923592],
    [-0.3, 0.9, 0.21853573903582976, 0.642172237389228],
    [-2.5, 1.2, 0.00704585103390157, 0.27945894582628855],
    [-12, 2.5, 1.852713768940578e-7, 0.0024785669052894642],
    [-3, 0.42, 2.536608169534342e-14, 0.22313016014840445],
    [-0.2, 3, 0.7714182372320803, 0.13341918080387927],
    [-160, 18, 9.423862174728594e-36, 8.624651703725558e-36],
    [-0.01, 12, 0.9950124772195077, 1.9731746385880893e-9],
    [-30, 1.2, 1.2223261337316739e-139, 3.059023205018258e-7],
  ])("keep their digits at x = %d, s = %d", (x, s, value, lack) => {
    // An error of 1e-16 in x/s is one of (x/s)^2 times that in the value.
    const within = 4e-16 * (10 + (x / s) ** 2);
    expect(Math.abs(normalizedBlack(x, s) / value - 1)).toBeLessThan(Math.max(within, 5e-14));
    expect(Math.abs(normalizedBlackComplement(x, s) / lack - 1)).toBeLessThan(Math.max(within, 2e-14));
  });

  it("at the money is the share of the normal distribution within half a total volatility", () => {
    // 2 N(0.1) - 1
    expect(normalizedBlack(0, 0.2)).toBeCloseTo(0.07965567455405798, 15);
    expect(normalizedVega(0, 0)).toBeCloseTo(0.3989422804014327, 15);
  });
});
