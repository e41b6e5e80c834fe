import { useAsk } from "../../data/ask.ts";
import { Loaded } from "../../ui/states.tsx";
import styles from "./dashboard.module.css";

const NAMES: Readonly<Record<string, string>> = {
  process: "Server",
  storage: "Storage",
  metadata: "Records",
  workflow: "Engine",
  providers: "Data",
};

/** Whether every part works, found out by using it. */
export function Health() {
  const query = useAsk("GET /healthz", {}, { everyMs: 60_000 });
  return (
    <Loaded query={query} title="The system's health could not be read">
      {({ parts, providers, version }) => {
        const needy = providers.filter(({ ready }) => !ready);
        return (
          <dl className={styles.facts}>
            {Object.entries(parts).map(([name, { status, detail }]) => (
              <div key={name} style={{ display: "contents" }}>
                <dt>{NAMES[name] ?? name}</dt>
                <dd className={status === "ok" ? undefined : styles.bad}>{status === "ok" ? detail : `fails: ${detail}`}</dd>
              </div>
            ))}
            {needy.map(({ provider, needs }) => (
              <div key={provider} style={{ display: "contents" }}>
                <dt>{provider}</dt>
                <dd className={styles.soft}>{needs === null ? "not ready" : `needs ${needs}`}</dd>
              </div>
            ))}
            <dt>Version</dt>
            <dd>{version}</dd>
          </dl>
        );
      }}
    </Loaded>
  );
}
