/** The daily simple grid's range in fine steps: 10 x 5 x 6 x 2 x 5 = 3,000. */
export const CUSTOM_3000 = {
  mode: "custom",
  axes: {
    thresholds: [0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25],
    top_pct: [0.1, 0.2, 0.35, 0.5, 1],
    hold_bars: [1, 2, 3, 5, 7, 10],
    stop_loss: [0.02, 0.05],
    take_profit: [1.5, 2, 3, 4, 5],
  },
};
