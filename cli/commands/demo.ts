import { command } from "../command.ts";
import { plain } from "../paint.ts";
import { wholeNumber } from "../values.ts";

export const demo = command({
  name: "demo",
  description: "The whole way twice: on real S&P 500 bars, and on a simulated series with a known edge",
  localOnly: "it runs everything in this machine's own home",
  args: {
    serve: {
      type: "boolean",
      default: true,
      description: "Serve the app and the API afterwards",
      negativeDescription: "End after the demo",
    },
    port: { type: "string", valueHint: "8787", description: "Port of the server (default: PORT, else 8787)" },
  },
  examples: ["sigma demo", "sigma demo --no-serve --json"],
  async run({ session, args }) {
    const { terminal, json, paint } = session;
    const port = args.port === undefined ? undefined : wholeNumber("port", args.port, 0, 65_535);
    const [{ runDemo }, { localHome }] = await Promise.all([import("../demo/demo.ts"), import("#infra/local/local-system.ts")]);
    const startedAt = terminal.now();
    const document = await runDemo({
      home: localHome(terminal.env["SIGMA_HOME"]),
      say: (text) => {
        if (!json) terminal.stdout.write(`${text}\n`);
      },
      progress: (text) => session.note(text),
      paint: json ? plain : paint,
      width: Math.min(session.width, 120),
      elapsed: () => terminal.now() - startedAt,
    });
    if (json) terminal.stdout.write(`${JSON.stringify(document)}\n`);
    if (args.serve) {
      const { serveUntilInterrupted } = await import("../serve-until-interrupted.ts");
      await serveUntilInterrupted(session, port);
    }
    return undefined;
  },
});
