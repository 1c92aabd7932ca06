import { FlaskConical } from 'lucide-react';
import type { ReactNode } from 'react';
import { isPractice, usePortal } from '../stores/portal-store.ts';
import { useTranslation } from '../words/translation.ts';

/** As in `shared/domain/notice.ts`, which is not loaded with the first screen. */
const anewNoticeStart = 'anew-';

/** Says that the practice portal began anew. `since`: of a request that it received then; null: whatever it had. */
export function PracticeAnew({ since }: { readonly since: string | null }): ReactNode {
  const { t } = useTranslation();
  const began = usePortal((state) =>
    isPractice(state.status)
      ? state.status?.notices.findLast(
          ({ id, startsAt }) => id.startsWith(anewNoticeStart) && (since === null || startsAt > since),
        )?.id
      : undefined,
  );
  if (began === undefined) return null;
  return (
    <output className="banner warn">
      <FlaskConical size={16} aria-hidden />
      <span>{t(since === null ? 'today.practiceAnew' : 'ticket.practiceAnew')}</span>
    </output>
  );
}
