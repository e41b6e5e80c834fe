import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { classes } from "./classes.ts";
import styles from "./overlay.module.css";
import { focusQuietly, useFocusReturn } from "./quiet-focus.ts";

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
  /** Buttons, the main one last. */
  readonly footer?: ReactNode;
}

function Panel({ title, description, wide = false, children, footer, look, ...root }: DialogProps & { readonly look: string | undefined }) {
  const { remember, giveBack } = useFocusReturn();
  return (
    <Radix.Root {...root}>
      <Radix.Portal>
        {/* A plain scrim: the library's own one writes a style element, which the content security policy forbids. */}
        <div className={styles.scrim} />
        <Radix.Content
          aria-modal="true"
          className={classes(look, wide && styles.wide)}
          // The dialog takes the focus, not its close button, whose tooltip would open and take the first Escape.
          onOpenAutoFocus={(event) => {
            remember();
            event.preventDefault();
            focusQuietly(event.currentTarget as HTMLElement);
          }}
          onCloseAutoFocus={giveBack}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
        >
          <header className={styles.head}>
            <div>
              <Radix.Title className={styles.title}>{title}</Radix.Title>
              {description !== undefined && (
                <Radix.Description asChild>
                  <div className={styles.description}>{description}</div>
                </Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" icon={X} small />
            </Radix.Close>
          </header>
          <div className={styles.body}>{children}</div>
          {footer !== undefined && <footer className={styles.foot}>{footer}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Asks for something before the page goes on. */
export const Dialog = (props: DialogProps) => <Panel {...props} look={styles.dialog} />;

/** Details from the right, so that the list behind keeps its place. */
export const Drawer = (props: DialogProps) => <Panel {...props} look={styles.drawer} />;
