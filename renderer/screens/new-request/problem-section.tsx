import type { ReactNode } from 'react';
import { useDraft } from '../../stores/draft-store.ts';
import { DraftField } from './draft-field.tsx';

/** What happened; theft or loss has its own short form (R-EXCL-1). */
export function ProblemSection(): ReactNode {
  const type = useDraft((state) => state.draft?.content.requestType);
  if (type === 'theft-or-loss') {
    return <div className="grid"><DraftField name="lossKind" /><DraftField name="lossDate" /><DraftField name="lossPlace" /><DraftField name="lossReportNumber" /></div>;
  }
  return <div className="stack"><DraftField name="stage" /><DraftField name="problem" lines={5} /><DraftField name="errorText" lines={2} /><DraftField name="noLogReason" /></div>;
}
