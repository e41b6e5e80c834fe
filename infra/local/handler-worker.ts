import { parentPort, workerData } from "node:worker_threads";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { loadHandler } from "./handlers.ts";
import { createStepPorts } from "./step-ports.ts";
import {
  type CrossedError,
  type FromWorker,
  fromCrossed,
  METADATA_METHODS,
  type MetadataMethod,
  type ToWorker,
  toCrossed,
} from "./worker-messages.ts";

const port = parentPort;
if (!port) throw new Error("handler-worker.ts runs as a worker thread.");

const send = (message: FromWorker) => port.postMessage(message);
const pending = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
let nextId = 1;

const metadata = Object.fromEntries(
  METADATA_METHODS.map((method: MetadataMethod) => [
    method,
    (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        pending.set(id, { resolve, reject });
        send({ kind: "metadata", id, method, args });
      }),
  ]),
) as unknown as MetadataStore;

const ports = createStepPorts({ home: (workerData as { home: string }).home, metadata });

port.on("message", (message: ToWorker) => {
  if (message.kind === "metadata-result") {
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.error) call?.reject(fromCrossed(message.error as CrossedError));
    else call?.resolve(message.value);
    return;
  }
  void loadHandler(message.handler)
    .then((create) => create(ports)(message.event))
    .then((value) => send({ kind: "result", id: message.id, value }))
    .catch((error: unknown) => send({ kind: "result", id: message.id, error: toCrossed(error) }));
});
