/**
 * Every failure this product can name. The code is the contract: ASL `ErrorEquals`, problem `type` URIs,
 * log fields and tests all use it, so a code is never renamed or reused.
 */
export const ERROR_CATALOG = {
  INVALID_PARAM: { status: 400, title: "A parameter is invalid", retryable: false },
  UNAUTHENTICATED: { status: 401, title: "The request carries no valid credentials", retryable: false },
  FORBIDDEN: { status: 403, title: "The credentials do not allow this", retryable: false },
  QUOTA_EXCEEDED: { status: 403, title: "The quota is used up", retryable: false },
  TIER_LIMIT: { status: 403, title: "The tier does not include this", retryable: false },
  NOT_FOUND: { status: 404, title: "Nothing has this id", retryable: false },
  ARTIFACT_NOT_FOUND: { status: 404, title: "The artifact does not exist", retryable: false },
  CONFLICT: { status: 409, title: "The record changed or already exists", retryable: false },
  PAYLOAD_TOO_LARGE: { status: 413, title: "The body is too large", retryable: false },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: "The content type is not supported", retryable: false },
  UNPROCESSABLE: { status: 422, title: "The request is well formed but cannot be carried out", retryable: false },
  PACK_INVALID: { status: 422, title: "The strategy pack is invalid", retryable: false },
  MODEL_INVALID: { status: 422, title: "The model configuration is invalid", retryable: false },
  POLICY_INVALID: { status: 422, title: "The policy is missing or invalid", retryable: false },
  INDICATOR_UNKNOWN: { status: 422, title: "No indicator has this name", retryable: false },
  LABEL_ENTRY_MISMATCH: { status: 422, title: "The label's entry price differs from the policy's", retryable: false },
  DATA_INVALID: { status: 422, title: "The market data is invalid", retryable: false },
  HISTORY_TOO_SHORT: { status: 422, title: "Not enough history", retryable: false },
  SINGLE_CLASS: { status: 422, title: "The labels hold one class only", retryable: false },
  QUALITY_FAILED: { status: 422, title: "The matrix failed its quality checks", retryable: false },
  LEAKAGE_DETECTED: { status: 422, title: "A feature, a label or a training row uses the future", retryable: false },
  GATE_FAILED: { status: 422, title: "The gate refuses this result", retryable: false },
  DATA_UNAVAILABLE: { status: 424, title: "The data provider cannot supply this", retryable: false },
  RATE_LIMITED: { status: 429, title: "Too many requests", retryable: true },
  INTERNAL: { status: 500, title: "Internal error", retryable: false },
  CONFIG_INVALID: { status: 500, title: "The environment is not configured", retryable: false },
  ARTIFACT_CORRUPT: { status: 500, title: "The artifact does not match its digest", retryable: false },
  WORKFLOW_INVALID: { status: 500, title: "The state machine cannot be run", retryable: false },
  STATE_TOO_LARGE: { status: 500, title: "A step's input or result exceeds the state limit", retryable: false },
  STORE_UNAVAILABLE: { status: 503, title: "The store is unavailable", retryable: true },
  STORE_READ_ONLY: { status: 507, title: "The store cannot be written", retryable: false },
  STORE_FULL: { status: 507, title: "The store has no space left", retryable: false },
  PORT_IN_USE: { status: 500, title: "The port is in use", retryable: false },
  RUN_CANCELED: { status: 409, title: "The run was canceled", retryable: false },
  TIMEOUT: { status: 504, title: "The work took longer than allowed", retryable: false },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

export type ErrorCode = keyof typeof ERROR_CATALOG;

/** Whether a text is a code of the catalogue. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CATALOG, text);
}
