import { ERROR_CATALOG, type ErrorCode } from "#lib/errors/catalog.ts";
import { ERROR_GUIDE } from "#lib/errors/guide.ts";

/** Text of `docs/errors.md`, from the catalogue and its guide. */
export function renderErrorDocs(): string {
  const codes = Object.keys(ERROR_CATALOG) as ErrorCode[];
  return `${[HEADER, ...codes.map(entryOf)].join("\n\n")}\n`;
}

const HEADER = `# Errors

<!-- Generated from lib/errors by cli/generate/generate.ts (npm run schemas). Do not edit. -->

Every error is \`application/problem+json\` (RFC 9457): \`type\`, \`title\`, \`status\`, \`detail\` (what was needed, what was found, what to do), and as extensions the
permanent \`code\`, \`facts\`, \`field_errors\` of \`{ path, issue }\` for wrong input, and \`request_id\`. Go by the code, not by the words. A failed run carries the same
codes in \`error.code\`, the command line prints them, and a state machine's \`ErrorEquals\` names them. A retryable one can succeed when the same request is made
again, after the seconds in \`Retry-After\`.`;

function entryOf(code: ErrorCode): string {
  const { status, title, retryable } = ERROR_CATALOG[code];
  const { meaning, remedy } = ERROR_GUIDE[code];
  return [`## ${code}`, `${status}${retryable ? ", retryable" : ""}. ${title}.`, meaning, `*What to do:* ${remedy}`].join("\n\n");
}
