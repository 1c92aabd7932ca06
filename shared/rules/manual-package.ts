import type { Evidence } from '../domain/evidence.ts';
import type { TicketText } from '../domain/ticket.ts';

/** What a person carries to the vendor's web form. `serial` null: a product without one (R-INFO-2). */
export type ManualFacts = {
  readonly productName: string;
  readonly serial: string | null;
  readonly text: TicketText;
  readonly files: readonly Evidence[];
  readonly portalUrl: string;
};

/** The blocks to copy into the vendor's web form, in its order. `label` is a text id. */
export type ManualPackage = {
  readonly blocks: {
    readonly label: 'product' | 'tool' | 'subject' | 'description' | 'attachments';
    readonly text: string;
  }[];
  readonly files: Evidence[];
  readonly portalUrl: string;
};

/** A file name on one line: a line break or a change of writing direction in it must not pass for words of the ticket. */
function oneLine(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
}

/**
 * The very words that would go out by themselves, one block for each field of the web form, in its order. The attachments block lists
 * name, size in bytes and SHA-256, so that both sides can tell whether the right files arrived. Blocks with nothing in them are left out.
 */
export function manualPackage({ productName, serial, text, files, portalUrl }: ManualFacts): ManualPackage {
  const blocks: ManualPackage['blocks'] = [
    { label: 'product', text: productName },
    { label: 'tool', text: serial ?? '' },
    { label: 'subject', text: text.subject },
    { label: 'description', text: text.body },
    {
      label: 'attachments',
      text: files
        .map((file) => `${oneLine(file.name)} (${file.sizeBytes} B, SHA-256 ${file.sha256})`)
        .join('\n'),
    },
  ];
  return { blocks: blocks.filter((block) => block.text.trim() !== ''), files: [...files], portalUrl };
}
