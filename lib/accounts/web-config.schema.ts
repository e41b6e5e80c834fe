import * as z from "zod";

const HttpsSchema = z.string().regex(/^https?:\/\/[^/?#]+$/, "must be an origin such as https://sign-in.example");

/** What a host tells the web app before anything else, as `/app/config.json`. The API is always at the app's own origin. */
export const WebConfigSchema = z.discriminatedUnion("mode", [
  z.strictObject({ mode: z.literal("local") }),
  z.strictObject({
    mode: z.literal("cloud"),
    sign_in: z.strictObject({
      /** Where people sign in and tokens come from. */
      domain: HttpsSchema,
      client_id: z.string().min(1),
      /** Who must have issued the ID token. */
      issuer: z.string().startsWith("https://"),
    }),
  }),
]);
export type WebConfig = z.infer<typeof WebConfigSchema>;
export type SignInConfig = Extract<WebConfig, { mode: "cloud" }>["sign_in"];
