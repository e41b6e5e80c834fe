export interface PolicySources {
  /** Origins beside the app's own that it may ask, such as the one that signs people in. */
  readonly connect?: readonly string[];
}

/**
 * What the app's pages may do: run, style, draw and ask what comes from their own origin, and nothing else. Scripts and styles
 * come in files only: there is no inline exception that injected markup could use.
 */
export function contentSecurityPolicy({ connect = [] }: PolicySources = {}): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(" ")}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/** No device of the reader's is any business of the app. */
const PERMISSIONS_POLICY = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "usb",
]
  .map((name) => `${name}=()`)
  .join(", ");

/** Whose pages learn where a reader came from: the app's own. */
const REFERRER_POLICY = "same-origin";

/** Headers of every answer below `/app`, by both hosts; the cloud adds that the connection stays encrypted. */
export function webAppHeaders(sources: PolicySources = {}): Readonly<Record<string, string>> {
  return {
    "content-security-policy": contentSecurityPolicy(sources),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": PERMISSIONS_POLICY,
    "referrer-policy": REFERRER_POLICY,
    "x-content-type-options": "nosniff",
  };
}
