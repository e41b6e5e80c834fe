import type { ErrorCode } from "./catalog.ts";

/** What a code means to whoever gets it, and what to do about it. */
export interface ErrorGuide {
  readonly meaning: string;
  readonly remedy: string;
}

/** One entry for each code of the catalogue, for the documentation. */
export const ERROR_GUIDE: Readonly<Record<ErrorCode, ErrorGuide>> = {
  INVALID_PARAM: {
    meaning: "A path, query, header or body does not match its schema. `field_errors` names each field and what is wrong with it.",
    remedy: "Correct the fields; a misspelt one comes with the nearest known name.",
  },
  UNAUTHENTICATED: {
    meaning: "No token was sent, or it is not valid: unknown, expired, revoked, or issued for something else.",
    remedy: "Send `Authorization: Bearer` with a valid access token or API token.",
  },
  FORBIDDEN: {
    meaning: "Who asks is known and may not do this: the token lacks the scope, or another site's page asks the local server.",
    remedy: "Use a token with the scope that the message names.",
  },
  QUOTA_EXCEEDED: {
    meaning: "The day's share of sweeps or trainings is used up, or as many run as may at the same time. `facts.quota` says which.",
    remedy: "Wait for the time in `facts.resets_at`, or until one of `facts.runs` has ended; or cancel one.",
  },
  TIER_LIMIT: {
    meaning: "The account's tier does not include this. `facts.needed` names the tier that does.",
    remedy: "Ask for less, as the message says, or change the tier.",
  },
  NOT_FOUND: {
    meaning: "Nothing of yours has this id, or there is no such route. Another owner's ids are answered alike.",
    remedy: "Look the id up in the list that holds it.",
  },
  ARTIFACT_NOT_FOUND: {
    meaning: "A stored file that a record names is gone, or a key names none.",
    remedy: "Run the step again that makes it: build, backtest, sweep or train.",
  },
  CONFLICT: {
    meaning:
      "What is stored changed since it was read, exists already, or is being worked on; or an Idempotency-Key stands for another request.",
    remedy: "Read it again and decide anew; take a new key for a new request.",
  },
  PAYLOAD_TOO_LARGE: {
    meaning: "The body is larger than 6 MB.",
    remedy: "Send less; import large data on one machine with `sigma data import`.",
  },
  UNSUPPORTED_MEDIA_TYPE: { meaning: "The body is not JSON by its content type.", remedy: "Send `Content-Type: application/json`." },
  UNPROCESSABLE: {
    meaning: "The request is right in itself and cannot be carried out as things stand, such as a backtest before a build.",
    remedy: "Do first what the message names.",
  },
  PACK_INVALID: {
    meaning: "A document of a pack is wrong, or documents contradict each other.",
    remedy: "`POST /packs/validate` or `sigma packs validate` lists every finding with its remedy.",
  },
  MODEL_INVALID: {
    meaning: "A model's configuration is wrong or does not fit its pack; or a model file cannot be imported.",
    remedy: "Correct the fields that the message names.",
  },
  POLICY_INVALID: {
    meaning: "The policy is missing or wrong.",
    remedy: "`POST /validate_policy` lists every finding; every model needs a policy.",
  },
  INDICATOR_UNKNOWN: { meaning: "No indicator has this name.", remedy: "`GET /indicators` lists them; the message names the nearest one." },
  LABEL_ENTRY_MISMATCH: {
    meaning:
      "The label counts returns from another price than the one at which the policy enters, so results would not be those of the trades.",
    remedy: "Change the policy's `brackets.entry_mode` or the label's `entry`.",
  },
  DATA_INVALID: {
    meaning: "Market data contradict themselves: order, duplicates, prices that cannot be, rows that are no rows.",
    remedy: "Mend the source at the place that the message names and import it again.",
  },
  HISTORY_TOO_SHORT: {
    meaning: "There are fewer bars than the folds, windows and warm-ups need. `facts` has both numbers.",
    remedy: "Use a longer window, fewer splits or shorter indicators.",
  },
  SINGLE_CLASS: { meaning: "All labels are of one class, so there is nothing to learn.", remedy: "Change the label's band or the window." },
  QUALITY_FAILED: {
    meaning: "The matrix failed a check that makes results unreliable. `facts.failed` names the checks.",
    remedy: "Mend what the checks name; `force` builds it anyway, and that is recorded.",
  },
  LEAKAGE_DETECTED: {
    meaning: "A feature, a label or a training row uses what was not known yet. Nothing is built on it.",
    remedy: "Take the named column out, or report it when it is a built-in one.",
  },
  GATE_FAILED: {
    meaning: "The gate refuses the result. `facts.reasons` has the codes of its limits.",
    remedy: "Choose another row; record an override where it is marginal; or train it as research, which stays unproven.",
  },
  DATA_UNAVAILABLE: {
    meaning: "The data provider does not have this symbol, range or kind, or is not set up.",
    remedy: "`GET /data` says what each provider has and needs.",
  },
  RATE_LIMITED: {
    meaning: "Too many reads in this minute, or a data vendor's own limit.",
    remedy: "Ask again after the seconds in `Retry-After`.",
  },
  INTERNAL: {
    meaning: "A fault of this software. The answer holds no detail; the log does, under the request id.",
    remedy: "Report the `request_id`.",
  },
  CONFIG_INVALID: {
    meaning: "An environment variable, a folder or a permission of the installation is wrong.",
    remedy: "Set what the message names; `sigma doctor` checks a machine.",
  },
  ARTIFACT_CORRUPT: {
    meaning: "A stored file is not what was written: its digest differs.",
    remedy: "Run the step again that makes it, with `force`.",
  },
  WORKFLOW_INVALID: { meaning: "A state machine and the steps do not fit together.", remedy: "Deploy again; locally, reinstall." },
  STATE_TOO_LARGE: {
    meaning: "A step hands over more than a state may hold.",
    remedy: "Ask for less at once, such as fewer variants or rows.",
  },
  STORE_UNAVAILABLE: { meaning: "A store does not answer, or too many write the same record.", remedy: "Try again after `Retry-After`." },
  STORE_READ_ONLY: { meaning: "The local store's folder cannot be written.", remedy: "Make it writable, or set SIGMA_HOME to another." },
  STORE_FULL: { meaning: "The local store's disk is full.", remedy: "Free some space; nothing was half-written." },
  PORT_IN_USE: { meaning: "Another program listens on the port.", remedy: "Stop it, or choose another: `PORT=8788 npm start`." },
  RUN_CANCELED: {
    meaning: "The run was canceled, or its process ended. Finished steps are kept.",
    remedy: "`POST /runs/{run_id}/resume` goes on with it.",
  },
  TIMEOUT: { meaning: "A step took longer than it may.", remedy: "Resume the run; ask for less at once when it happens again." },
};
