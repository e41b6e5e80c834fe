import * as z from "zod";
import { parseOr } from "../errors/parse.ts";

/** The providers whose data come from a vendor across the network. */
export const NETWORK_PROVIDERS: readonly string[] = ["polygon", "alpaca"];

/** Names of the secrets that the vendors' keys are kept under; Alpaca's are those of its own tools. */
export const POLYGON_KEY = "POLYGON_API_KEY";
export const ALPACA_KEYS = { id: "APCA_API_KEY_ID", secret: "APCA_API_SECRET_KEY" } as const;
export const NETWORK_SECRETS: readonly string[] = [POLYGON_KEY, ALPACA_KEYS.id, ALPACA_KEYS.secret];

/**
 * Whose trades Alpaca is asked for: `iex` = one exchange, in real time, in every plan; `sip` = all exchanges, in real time,
 * in a paid plan; `sip_delayed` = all exchanges up to 15 minutes ago, in every plan.
 */
export const ALPACA_FEEDS = ["sip_delayed", "sip", "iex"] as const;
export type AlpacaFeed = (typeof ALPACA_FEEDS)[number];

/** Where copies of the vendors' data are kept, below `owners/<owner>/data/`: one folder for each feed that differs. */
export const NETWORK_STORES = { polygon: "polygon", alpacaSip: "alpaca-sip", alpacaIex: "alpaca-iex" } as const;

const perMinute = (otherwise: number) => z.coerce.number().int().min(1).max(60_000).default(otherwise);

/** What depends on the plan that a key has, and where the vendors are. The defaults are those of the free plans. */
const NetworkSettingsSchema = z.object({
  POLYGON_REQUESTS_PER_MINUTE: perMinute(5),
  ALPACA_REQUESTS_PER_MINUTE: perMinute(200),
  ALPACA_FEED: z.enum(ALPACA_FEEDS).default("sip_delayed"),
  POLYGON_URL: z.url().default("https://api.massive.com"),
  ALPACA_URL: z.url().default("https://data.alpaca.markets"),
});
export type NetworkSettings = z.infer<typeof NetworkSettingsSchema>;

const NAMES = Object.keys(NetworkSettingsSchema.shape) as readonly (keyof NetworkSettings)[];

/** The settings that an environment holds, as texts; what is empty counts as not set. */
export function networkVariables(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(NAMES.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/** @throws CONFIG_INVALID naming the variable */
export function readNetworkSettings(env: Readonly<Record<string, string | undefined>>): NetworkSettings {
  return parseOr("CONFIG_INVALID", NetworkSettingsSchema, networkVariables(env), "The environment");
}
