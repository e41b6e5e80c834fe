import { SigmaError } from "../../errors/sigma-error.ts";

const DENIED = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "AuthorizationErrorException",
  "CredentialsProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "InvalidAccessKeyId",
  "InvalidSignatureException",
  "MissingAuthenticationTokenException",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
]);
const NETWORK = new Set(["ECONNABORTED", "ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "ENOTFOUND", "EPIPE", "ETIMEDOUT"]);
const BUSY = new Set([
  "InternalServerError",
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestTimeout",
  "ServiceUnavailable",
  "SlowDown",
  "ThrottledException",
  "ThrottlingException",
  "TimeoutError",
  "TooManyRequestsException",
  "TransactionConflictException",
  "TransactionInProgressException",
]);

/**
 * Names what an AWS call reported after the SDK's own retries. Catalogue errors pass; what is no fault of the service,
 * the network or the permissions is a bug and passes unchanged.
 *
 * @param what - what was asked of which service, such as `writing "matrices/x" to S3`
 * @param missing - the error names by which the service says that a named resource (bucket, table, topic) does not exist
 */
export function awsFault(error: unknown, what: string, missing: readonly string[] = []): unknown {
  if (error instanceof SigmaError || !(error instanceof Error)) return error;
  const { name } = error;
  const { code, $metadata } = error as { code?: unknown; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode ?? 0;
  const facts = { what, aws: name, status };

  if (missing.includes(name))
    return new SigmaError(
      "CONFIG_INVALID",
      `AWS knows no such resource ("${name}") for ${what}. Check the environment's names against the deployed stack.`,
      facts,
      { cause: error },
    );
  if (DENIED.has(name) || status === 401 || status === 403)
    return new SigmaError(
      "CONFIG_INVALID",
      `AWS refused ${what} ("${name}"). Check the credentials and the permissions of this function's role.`,
      facts,
      { cause: error },
    );
  if (BUSY.has(name) || status === 429 || status >= 500 || (typeof code === "string" && NETWORK.has(code)))
    return new SigmaError("STORE_UNAVAILABLE", `AWS did not carry out ${what} ("${name}"). Try again.`, facts, { cause: error });
  return error;
}

/** How many attempts the SDK made for the call that failed. More than one: an earlier one may have succeeded unheard. */
export function attemptsOf(error: unknown): number {
  return (error as { $metadata?: { attempts?: number } }).$metadata?.attempts ?? 1;
}
