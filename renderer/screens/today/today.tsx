import type { ReactNode } from 'react';
import { startRequest } from '../../app/rail.tsx';
import { useTranslation } from '../../app/translation.ts';
import { RequestRows } from '../../components/request-list.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useRequestRows } from '../../stores/request-list.ts';

/** What waits for this workshop now; when nothing does, the way to a first request. */
export function Today(): ReactNode {
  const { t } = useTranslation();
  const company = useApp((state) => state.info?.profile?.company ?? '');
  const go = useApp((state) => state.go);
  const rows = useRequestRows('');
  if (rows === null) return null;
  return (
    <div className="stack">
      <div><h1>{t('today.title', { company })}</h1><p className="dim">{rows.length === 0 ? t('today.none') : t('today.drafts', { count: rows.length })}</p></div>
      {rows.length === 0 ? (
        <section className="card stack">
          <h2>{t('today.start')}</h2>
          <ol><li>{t('today.step1')}</li><li>{t('today.step2')}</li><li>{t('today.step3')}</li></ol>
          <div className="row"><button type="button" className="button" onClick={() => go({ screen: 'tools' })}>{t('tools.add')}</button><button type="button" className="button" onClick={startRequest}>{t('nav.newRequest')}</button></div>
        </section>
      ) : (
        <section className="stack"><h2>{t('today.inProgress')}</h2><RequestRows rows={rows} onOpen={(row) => go({ screen: 'draft', id: row.id })} /></section>
      )}
    </div>
  );
}
