/** The parts that a result was made of, by the names of their digests. */
export const LINEAGE_NAMES: Readonly<Record<string, string>> = {
  matrix_sha: "Matrix (data, features, label)",
  config_sha: "Model's configuration",
  policy_sha: "Policy",
  risk_sha: "Risk profile and limits",
  pack_sha: "Pack",
  indicator_set_sha: "Indicator set",
  code_version: "Code",
};
