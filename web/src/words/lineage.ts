/** The parts that a result was made of, by the names of their digests. */
export const LINEAGE_NAMES: Readonly<Record<string, string>> = {
  matrix_sha: "Matrix",
  config_sha: "Configuration",
  policy_sha: "Policy",
  risk_sha: "Risk profile",
  pack_sha: "Pack",
  indicator_set_sha: "Indicator set",
  code_version: "Code",
};
