import type { SigmaError } from "../../errors/sigma-error.ts";
import { type VendorRequest, vendorRefusal } from "../../market-data/vendor-refusal.ts";

/** What a refusing answer is told with. */
interface Refused {
  readonly status: number;
  readonly body: Uint8Array;
  /** What the plan must include. */
  readonly feature: string;
  /** The names of the secrets that the request carried, and values that are never shown. */
  readonly secretNames: readonly string[];
  readonly hidden: readonly string[];
}

/** The refusal that a status other than 2xx, 429 and 5xx means. */
export function refusalOf(request: VendorRequest, { status, body, feature, secretNames, hidden }: Refused): SigmaError {
  const { provider, endpoint } = request;
  const said = vendorMessage(body, hidden);
  const quoted = said === "" ? "" : ` It says: "${said}".`;
  const names = secretNames.map((name) => `"${name}"`).join(" and ");
  switch (status) {
    case 401:
      return vendorRefusal(
        "credentials",
        request,
        `"${provider}" does not take the key in ${names} (status 401).${quoted} Set a valid one.`,
        { status },
      );
    case 403:
      return vendorRefusal(
        "entitlement",
        request,
        `"${provider}" does not let this key have ${feature} (status 403 for ${endpoint}).${quoted} Check the plan and the key in ${names}, or ask for what the plan includes.`,
        { status },
      );
    case 404:
      return vendorRefusal("not_found", request, `"${provider}" has nothing at ${endpoint} (status 404).${quoted}`, { status });
    default:
      return vendorRefusal("refused", request, `"${provider}" refused ${endpoint} with status "${status}".${quoted}`, { status });
  }
}

/** The vendor's own words, bounded, on one line, without anything that the request carried as a secret. */
function vendorMessage(body: Uint8Array, hidden: readonly string[]): string {
  let said: unknown;
  try {
    const document = JSON.parse(new TextDecoder().decode(body.subarray(0, 65_536))) as Record<string, unknown>;
    said = document["message"] ?? document["error"];
  } catch {
    return "";
  }
  if (typeof said !== "string") return "";
  let text = said.replace(/\s+/g, " ");
  for (const value of hidden) if (value !== "") text = text.replaceAll(value, "[hidden]");
  return text.slice(0, 200).replaceAll('"', "'");
}
