import * as z from "zod";
import { WebConfigSchema } from "#lib/accounts/web-config.schema.ts";

/** What CloudFormation tells a custom resource, as far as it is read. */
export const PublishWebEventSchema = z.object({
  RequestType: z.enum(["Create", "Update", "Delete"]),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
});
export type PublishWebEvent = z.infer<typeof PublishWebEventSchema>;

/** Read apart from the rest, so that what is wrong with it can be told. CloudFormation makes every value a text. */
export const PublishWebPropertiesSchema = z.object({ Config: z.string().transform((text) => WebConfigSchema.parse(JSON.parse(text))) });
