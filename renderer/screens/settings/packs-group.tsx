import { RotateCcw } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { PackStatus } from '../../../shared/domain/data-pack.ts';
import { quietly, unwrap } from '../../bridge/bridge.ts';
import { useTranslation } from '../../words/translation.ts';
import { attempt } from '../../stores/app-store.ts';
import { SettingsGroup } from './settings-group.tsx';

const originWords = {
  bundled: 'packs.bundled',
  portal: 'packs.portal',
  'next-start': 'packs.nextStart',
} as const;

/** Which data the rules work with, what was refused and why, and the way to forget what was learned from operators' questions. */
export function PacksGroup(): ReactNode {
  const { t } = useTranslation();
  const [packs, setPacks] = useState<readonly PackStatus[]>([]);
  const [forgotten, setForgotten] = useState(false);
  useEffect(() => {
    let current = true;
    void quietly(window.officina.packStatus({})).then((status) => {
      if (current && status !== null) setPacks(status);
    });
    return () => {
      current = false;
    };
  }, []);
  const forget = (): void =>
    void attempt(async () => {
      await unwrap(window.officina.resetLearning({}));
      setForgotten(true);
    });
  return (
    <SettingsGroup place="packs" title={t('packs.title')} text={t('packs.text')}>
      <ul className="list" aria-label={t('packs.title')}>
        {packs.map((pack) => (
          <li key={pack.name} className="line">
            <div className="grow">
              <div>{t(`packName.${pack.name}`)}</div>
              <div className="dim small">{t(originWords[pack.origin], { version: pack.version })}</div>
              {pack.refused === null ? null : (
                <div className="small">
                  {t(`packs.refused_${pack.refused.reason}`, { version: pack.refused.version })}
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
      <div className="row wrap">
        <button type="button" className="button" onClick={forget}>
          <RotateCcw size={16} aria-hidden />
          {t('packs.forget')}
        </button>
        <output className="dim small">{forgotten ? t('packs.forgotten') : ''}</output>
      </div>
    </SettingsGroup>
  );
}
