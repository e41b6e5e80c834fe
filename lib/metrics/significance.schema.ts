import * as z from "zod";

const value = (meaning: string) => z.number().nullable().describe(meaning);
const probability = (meaning: string) => z.number().min(0).max(1).nullable().describe(meaning);

/** How far luck explains a result, given everything that was tried. Judged on residual daily returns. */
export const SignificanceSchema = z.strictObject({
  trials: z.int().min(0).describe("N: distinct variants (daily return vectors) ever evaluated in the lineage"),
  effective_trials: value("rho + (1 - rho) N"),
  mean_correlation: value("rho: mean pairwise correlation of the distinct variants, at least 0"),
  trial_sharpe_sd: value("Standard deviation of the trials' annual Sharpe ratios"),
  reference_sharpe: value("SR0, annual: what the best of the trials would show by luck"),
  luck_sharpe: value("Annual Sharpe ratio that the best of N unrelated variants without skill would show over these sessions"),
  dsr: probability("Deflated Sharpe ratio: probability that the true ratio exceeds SR0"),
  pbo: probability("Share of CSCV splits whose in-sample winner ranks in the lower half out of sample"),
  p_oos_loss: probability("Share of CSCV splits whose in-sample winner loses out of sample"),
  mean_logit: value("Mean logit of the winner's relative rank out of sample"),
  cscv_slope: value("Slope of the winner's out-of-sample Sharpe ratio on its in-sample one"),
  bootstrap_p: probability("Stationary-bootstrap p-value of the mean residual return; reports only"),
  undefined_reasons: z.record(z.string(), z.string()).describe("Why a key is null"),
});
export type Significance = z.infer<typeof SignificanceSchema>;
