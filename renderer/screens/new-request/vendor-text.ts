import { useMemo } from 'react';
import type { TicketId } from '../../../shared/domain/ids.ts';
import type { TicketText } from '../../../shared/domain/ticket.ts';
import { createTranslator } from '../../../shared/i18n/translator.ts';
import { ticketText } from '../../../shared/rules/ticket-text.ts';
import { useApp } from '../../stores/app-store.ts';
import type { DraftFacts } from './draft-results.ts';

/** The words the vendor would read, made by the same rule as what is sent; null until there is a product and a workshop. */
export function useVendorText(
  id: TicketId,
  { content, product, tool, files }: DraftFacts,
): TicketText | null {
  const profile = useApp((state) => state.info?.profile ?? null);
  return useMemo(
    () =>
      profile === null || product === null
        ? null
        : ticketText({
            content,
            profile,
            product,
            tool,
            evidence: files,
            clientReference: id,
            t: createTranslator(content.language),
          }),
    [id, content, product, tool, files, profile],
  );
}
