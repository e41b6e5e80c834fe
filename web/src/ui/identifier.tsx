import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { IconButton } from "./button.tsx";
import styles from "./identifier.module.css";
import { sayFailure } from "./toast.tsx";

/** An id in full or shortened in its middle, with a button that copies it. */
export function Identifier({ id, most = 40 }: { readonly id: string; readonly most?: number }) {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(id).then(
      () => setCopied(true),
      (error: Error) => sayFailure("It could not be copied", error),
    );
  };
  const half = Math.floor((most - 1) / 2);
  return (
    <span className={styles.id}>
      <span className={styles.text} title={id}>
        {id.length <= most ? id : `${id.slice(0, half)}…${id.slice(-half)}`}
      </span>
      <IconButton
        label={copied ? "Copied" : `Copy ${id}`}
        icon={copied ? Check : Copy}
        small
        onClick={copy}
        onBlur={() => setCopied(false)}
      />
    </span>
  );
}
