import { command } from "../command.ts";
import { serveUntilInterrupted } from "../serve-until-interrupted.ts";
import { wholeNumber } from "../values.ts";

export const serve = command({
  name: "serve",
  description: "The web app and the HTTP API on this machine, until Ctrl-C",
  localOnly: "it serves this machine's own system",
  args: {
    port: { type: "string", valueHint: "8787", description: "Port (default: PORT, else 8787; 0 = any free one)" },
    host: { type: "string", valueHint: "address", description: "Address other than loopback; needs SIGMA_API_TOKEN" },
  },
  examples: ["sigma serve", "sigma serve --port 9000"],
  async run({ session, args }) {
    const port = args.port === undefined ? undefined : wholeNumber("port", args.port, 0, 65_535);
    await serveUntilInterrupted(session, port, args.host);
    return undefined;
  },
});
