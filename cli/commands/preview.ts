import type { Preview } from "#lib/matrix/preview.schema.ts";
import { command } from "../command.ts";
import { packOf } from "../find-model.ts";
import { previewText } from "../preview-text.ts";
import { wholeNumber } from "../values.ts";
import { MODEL_ARGS } from "./build.ts";

export const preview = command({
  name: "preview",
  description: "The last sessions of a model's matrix, with the verdicts on them; nothing is stored",
  routes: ["GET /models", "POST /preview_matrix"],
  args: {
    ...MODEL_ARGS,
    sessions: { type: "string", valueHint: "2", description: "Sessions to build, 1 to 20 (default: 2)" },
    start: { type: "string", valueHint: "date", description: "First session of the window" },
    end: { type: "string", valueHint: "date", description: "The session after the last one" },
  },
  async run({ session, args }) {
    const client = await session.api();
    const found = await client.post<Preview>("/preview_matrix", {
      pack_id: await packOf(client, args.model, args.pack),
      model_id: args.model,
      ...(args.sessions === undefined ? {} : { sessions: wholeNumber("sessions", args.sessions, 1, 20) }),
      ...(args.start === undefined ? {} : { start: args.start }),
      ...(args.end === undefined ? {} : { end: args.end }),
    });
    return { document: found, text: previewText(found, session.paint, session.width) };
  },
});
