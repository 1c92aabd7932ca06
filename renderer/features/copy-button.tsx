import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { unwrap } from '../bridge/bridge.ts';
import { useTranslation } from '../words/translation.ts';
import { attempt } from '../stores/app-store.ts';

const shownMs = 2_000;

/** Copies a text through main; says so in its own place for a moment. */
export function CopyButton({
  text,
  label,
  words = false,
}: {
  readonly text: string;
  readonly label: string;
  readonly words?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void =>
    void attempt(async () => {
      await unwrap(window.officina.copyText({ text }));
      setCopied(true);
    });
  const Icon = copied ? Check : Copy;
  return (
    <span className="copy">
      <button
        type="button"
        className={words ? 'button' : 'button icon'}
        aria-label={words ? undefined : label}
        title={label}
        onClick={copy}
      >
        <Icon size={16} aria-hidden />
        {words ? label : null}
      </button>
      <output className={copied ? 'copied' : 'unseen'}>{copied ? t('action.copied') : ''}</output>
    </span>
  );
}
