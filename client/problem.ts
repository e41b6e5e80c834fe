/** What the API answers instead of a result (RFC 9457), with the permanent code of its catalogue. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly instance?: string;
  readonly facts?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  readonly field_errors?: readonly { readonly path: string; readonly issue: string }[];
  readonly request_id?: string;
}

/** Thrown for every answer that is no success. */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** Seconds after which the same call may succeed, as the API says. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Problem, retryAfterSeconds?: number) {
    super(problem.detail ?? problem.title);
    this.name = "ProblemError";
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The catalogue's code, such as NOT_FOUND. */
  get code(): string {
    return this.problem.code;
  }
}

/** The error of a response; something readable also when a proxy answered instead of the API. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const text = await response.text();
  const requestId = response.headers.get("x-request-id");
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  const retryAfter = Number.isFinite(seconds) ? seconds : undefined;
  const document = parsed(text);
  if (isProblem(document)) return new ProblemError(requestId === null ? document : { request_id: requestId, ...document }, retryAfter);
  const found = text.trim().slice(0, 200);
  return new ProblemError(
    {
      type: "about:blank",
      title: `The API answered ${response.status} ${response.statusText}`.trim(),
      status: response.status,
      code: codeOfStatus(response.status),
      detail: found === "" ? "The answer has no text." : `The answer is no problem document; it begins "${found}".`,
      ...(requestId === null ? {} : { request_id: requestId }),
    },
    retryAfter,
  );
}

/** The gateway answers some statuses by itself, without the catalogue. */
function codeOfStatus(status: number): string {
  if (status === 401) return "UNAUTHENTICATED";
  if (status === 403) return "FORBIDDEN";
  if (status === 413) return "PAYLOAD_TOO_LARGE";
  if (status === 429) return "RATE_LIMITED";
  return "INTERNAL";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== "object" || value === null) return false;
  const { type, title, status, code } = value as Record<string, unknown>;
  return typeof type === "string" && typeof title === "string" && typeof status === "number" && typeof code === "string";
}
