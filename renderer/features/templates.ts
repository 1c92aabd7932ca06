import type { TicketId } from '../../shared/domain/ids.ts';
import type { TemplateId } from '../../shared/domain/template.ts';
import { unwrap } from '../bridge/bridge.ts';
import { attempt, useApp } from '../stores/app-store.ts';
import { useDraft } from '../stores/draft-store.ts';
import { useTemplates } from '../stores/template-store.ts';

/** Begins a new request with what a template says, and opens it. */
export function startFromTemplate(id: TemplateId): void {
  void attempt(async () => {
    const draft = await unwrap(window.officina.draftFromTemplate({ id }));
    useTemplates.getState().show(null);
    useApp.getState().go({ screen: 'draft', id: draft.id, isNew: true });
  });
}

/** Asks under which name a request, as it stands in the window, is to be kept as a template. */
export function askTemplateName(from: TicketId, suggested: string): void {
  void attempt(async () => {
    if (useDraft.getState().draft?.id === from) await useDraft.getState().flush();
    useTemplates.getState().show({ kind: 'save', from, suggested });
  });
}
