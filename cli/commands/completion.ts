import { command } from "../command.ts";
import { INSTALLED_BY, SCRIPTS, SHELLS } from "../completion/scripts.ts";
import { oneOf } from "../values.ts";

export const completion = command({
  name: "completion",
  description: "A script with which a shell completes commands, options, and the ids of models, packs, runs and sweeps",
  args: { shell: { type: "positional", valueHint: SHELLS.join("|"), description: SHELLS.join(", "), required: true } },
  examples: ['eval "$(sigma completion bash)"', ...SHELLS.map((shell) => INSTALLED_BY[shell])],
  async run({ args }) {
    const shell = oneOf("shell", args.shell, SHELLS);
    return { document: { shell, script: SCRIPTS[shell] }, text: SCRIPTS[shell] };
  },
});
