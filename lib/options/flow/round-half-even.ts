/** To the nearest whole number, halves to the even one: 544.5 is 544, 545.5 is 546. NaN stays. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest > 0.5 ? below + 1 : below;
  return below % 2 === 0 ? below : below + 1;
}
