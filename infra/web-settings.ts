import { SigmaError } from "#lib/errors/sigma-error.ts";

/** What an operator may give the web app beside its own address; all of it lies outside the stack. */
export interface WebSettings {
  /** A name of one's own, with its certificate. */
  readonly domain?: { readonly name: string; readonly certificateArn: string };
  /** A web ACL of WAF that looks at every request. */
  readonly webAclArn?: string;
}

const NAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
/** CloudFront takes certificates and web ACLs from this region only. */
const CERTIFICATE = /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]+$/;
const WEB_ACL = /^arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[0-9a-f-]+$/;

/**
 * Reads `SIGMA_APP_DOMAIN` with `SIGMA_APP_CERTIFICATE_ARN`, and `SIGMA_WEB_ACL_ARN`.
 *
 * @throws CONFIG_INVALID naming the variable, what it must be and what was found
 */
export function readWebSettings(env: Readonly<Record<string, string | undefined>>): WebSettings {
  const name = given(env, "SIGMA_APP_DOMAIN", NAME, "a domain name such as lab.example.com");
  const certificateArn = given(env, "SIGMA_APP_CERTIFICATE_ARN", CERTIFICATE, "the ARN of an ACM certificate in us-east-1");
  const webAclArn = given(env, "SIGMA_WEB_ACL_ARN", WEB_ACL, "the ARN of a global web ACL in us-east-1");
  if ((name === undefined) !== (certificateArn === undefined))
    throw new SigmaError(
      "CONFIG_INVALID",
      `A domain of your own needs its certificate: set both SIGMA_APP_DOMAIN and SIGMA_APP_CERTIFICATE_ARN, or neither; ${name === undefined ? "the domain" : "the certificate"} is missing.`,
      { variable: name === undefined ? "SIGMA_APP_DOMAIN" : "SIGMA_APP_CERTIFICATE_ARN" },
    );
  return {
    ...(name !== undefined && certificateArn !== undefined && { domain: { name, certificateArn } }),
    ...(webAclArn !== undefined && { webAclArn }),
  };
}

function given(env: Readonly<Record<string, string | undefined>>, variable: string, pattern: RegExp, what: string): string | undefined {
  const value = env[variable];
  if (value === undefined || value === "") return undefined;
  if (pattern.test(value)) return value;
  throw new SigmaError("CONFIG_INVALID", `${variable} must be ${what}; found ${JSON.stringify(value.slice(0, 120))}.`, { variable });
}
