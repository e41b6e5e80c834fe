import type { WebConfig } from "#lib/accounts/web-config.schema.ts";
import { parseOr } from "#lib/errors/parse.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { SiteStore } from "#lib/ports/site-store.ts";
import { type PublishWebEvent, PublishWebEventSchema, PublishWebPropertiesSchema } from "./publish-web.schema.ts";
import { CONFIG_FILE, cacheControlOf, contentTypeOf, INDEX_FILE } from "./web-file.ts";

export interface PublishWebPorts {
  readonly site: SiteStore;
  readonly clock: Pick<Clock, "now">;
  /** The build that came with this version of the function, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Tells CloudFormation how it went, at the address that it gave. */
  readonly answer: (url: string, body: string) => Promise<void>;
}

/** Below this key the app's files lie, as their addresses say. */
const FOLDER = "app/";
/** A page that was opened before a deployment finds the files that it loads later for so long. */
const KEPT_MS = 30 * 86_400_000;
/** What CloudFormation shows of a reason. */
const LONGEST_REASON = 1000;

/**
 * Custom resource: puts the app's files and its configuration where browsers find them, the page that names the others last, so
 * that at any moment a reader gets the old app or the new one. CloudFormation is answered whatever happens: it would wait an hour.
 */
export const createPublishWeb =
  ({ site, clock, files, answer }: PublishWebPorts) =>
  async (input: unknown): Promise<void> => {
    const event = parseOr("INVALID_PARAM", PublishWebEventSchema, input, "The event of the custom resource");
    let failure: string | undefined;
    try {
      if (event.RequestType === "Delete") await site.remove((await site.list()).map(({ key }) => key));
      else await publish(configOf(input));
    } catch (error) {
      failure = (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_REASON);
    }
    await answer(event.ResponseURL, JSON.stringify(answerTo(event, failure)));
    // The log says it, too, and the alarm on failed calls rings.
    if (failure !== undefined) throw new Error(failure);

    async function publish(config: WebConfig): Promise<void> {
      const all = new Map([...files, [CONFIG_FILE, new TextEncoder().encode(`${JSON.stringify(config)}\n`)] as const]);
      if (!all.has(INDEX_FILE)) throw new Error("The function came without the web app. Build it, and deploy again.");
      const names = [...all.keys()].filter((name) => name !== INDEX_FILE);
      for (const name of [...names, INDEX_FILE])
        await site.put(`${FOLDER}${name}`, all.get(name)!, { contentType: contentTypeOf(name), cacheControl: cacheControlOf(name) });
      const old = (await site.list()).filter(
        ({ key, writtenAt }) => !all.has(key.slice(FOLDER.length)) && clock.now() - writtenAt > KEPT_MS,
      );
      await site.remove(old.map(({ key }) => key));
    }
  };

const configOf = (input: unknown): WebConfig =>
  parseOr(
    "INVALID_PARAM",
    PublishWebPropertiesSchema,
    (input as { readonly ResourceProperties?: unknown }).ResourceProperties,
    "The properties of the custom resource",
  ).Config;

/** @see AWS CloudFormation User Guide, "Custom resource response objects" */
function answerTo({ StackId, RequestId, LogicalResourceId }: PublishWebEvent, failure: string | undefined): object {
  const common = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: "web-app" };
  return failure === undefined ? { Status: "SUCCESS", ...common } : { Status: "FAILED", Reason: failure, ...common };
}
