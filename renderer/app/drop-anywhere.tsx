import { type ReactNode, useEffect, useState } from 'react';
import { hasFiles } from '../components/drop-zone.tsx';
import { likelyTool, startRequest } from '../features/start-request.ts';
import { attempt, useApp } from '../stores/app-store.ts';
import { useDraft } from '../stores/draft-store.ts';
import { takeFiles } from '../stores/evidence-store.ts';
import { useToast } from '../stores/toast-store.ts';
import { useTranslation, type Words } from '../words/translation.ts';

/** A draft that is open takes the files; without one they begin a request. What could not be taken is told on the evidence screen. */
async function take(files: readonly File[], { t }: Words): Promise<void> {
  const { route, go } = useApp.getState();
  const taken = await takeFiles(() => window.officina.freezeDroppedFiles(files));
  if (taken.length === 0) {
    if (route.screen !== 'draft') go({ screen: 'evidence' });
    return;
  }
  if (route.screen !== 'draft' && route.screen !== 'review') {
    startRequest(
      likelyTool(null),
      taken.slice(0, 20).map((file) => file.id),
    );
    return;
  }
  await attempt(() => useDraft.getState().attach(route.id, taken));
  if (route.screen === 'review') go({ screen: 'draft', id: route.id });
  useToast.getState().say(t('evidence.joined', { count: taken.length }));
}

const isBesideZones = ({ target }: DragEvent): boolean =>
  !(target instanceof Element && target.closest('.drop-zone') !== null);

/** Files dropped anywhere beside the places that take them themselves. The window never leaves for a file. */
export function DropAnywhere(): ReactNode {
  const words = useTranslation();
  const isDraft = useApp(({ route }) => route.screen === 'draft' || route.screen === 'review');
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hover = (event: DragEvent): void => setOver(hasFiles(event) && isBesideZones(event));
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const done = (): void => setOver(false);
    const drop = (event: DragEvent): void => {
      if (hasFiles(event)) void take([...(event.dataTransfer?.files ?? [])], words);
    };
    window.addEventListener('dragover', hover);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', done, { capture: true });
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', hover);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', done, { capture: true });
      window.removeEventListener('drop', drop);
    };
  }, [words]);
  if (!over) return null;
  return (
    <div className="drop-hint everywhere" aria-hidden>
      {words.t(isDraft ? 'evidence.dropJoins' : 'evidence.dropStarts')}
    </div>
  );
}
