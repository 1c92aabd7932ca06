import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { requestTypeSchema, requestTypes } from '../../../shared/domain/draft.ts';
import { languageSchema } from '../../../shared/domain/ids.ts';
import type { Tool } from '../../../shared/domain/tool.ts';
import { withTool } from '../../../shared/rules/tool-change.ts';
import { useProductWord } from '../../features/product-word.ts';
import { useTranslation } from '../../words/translation.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { PillChoice } from '../../components/pill-choice.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';
import { DraftField } from './draft-field.tsx';
import { useDraftFacts } from './draft-results.ts';
import { TriageHints } from './triage-hints.tsx';

/** Which tool, what is asked for and in which language; the rest of the form follows from them. */
export function ToolSection(): ReactNode {
  const { t } = useTranslation();
  const tools = useApp((state) => state.tools);
  const go = useApp((state) => state.go);
  const change = useDraft((state) => state.change);
  const nameOf = useProductWord();
  const facts = useDraftFacts();
  if (facts === null) return null;
  const { content, product } = facts;
  const labelOf = (tool: Tool): string =>
    [nameOf(tool.productId), tool.serial ?? '', tool.nickname ?? '']
      .filter((part) => part !== '')
      .join(' · ');
  const chooseTool = (id: string): void => {
    const tool = tools.find((item) => item.id === id) ?? null;
    change((now) => withTool(now, tool));
  };
  const chooseType = (value: string): void => {
    const parsed = requestTypeSchema.safeParse(value);
    change((now) => ({ ...now, requestType: parsed.success ? parsed.data : null }));
  };
  return (
    <div className="stack">
      <ChoiceField
        id="draft-tool"
        label={t('section.tool')}
        value={content.toolId ?? ''}
        onChange={chooseTool}
        {...(product?.supported === false ? { note: t('tools.unsupported') } : {})}
        choices={[
          { value: '', label: t('draft.chooseTool') },
          ...tools.map((tool) => ({ value: tool.id, label: labelOf(tool) })),
        ]}
      />
      <PillChoice
        id="draft-requestType"
        label={t('requestType.label')}
        value={content.requestType ?? ''}
        onChange={chooseType}
        choices={requestTypes.map((type) => ({ value: type, label: t(`requestType.${type}`) }))}
      />
      {tools.length === 0 ? (
        <div className="hint-line">
          <span>{t('draft.noTools')}</span>
          <button type="button" className="button" onClick={() => go({ screen: 'tools' })}>
            <Plus size={16} aria-hidden />
            {t('tools.add')}
          </button>
        </div>
      ) : null}
      <div className="grid three">
        <DraftField name="softwareVersion" />
        {product?.hasSerial === false ? null : <DraftField name="firmwareVersion" />}
        <ChoiceField
          label={t('draft.language')}
          value={content.language}
          onChange={(value) => change((now) => ({ ...now, language: languageSchema.parse(value) }))}
          note={t('draft.languageNote')}
          choices={languageSchema.options.map((value) => ({ value, label: t(`language.${value}`) }))}
        />
      </div>
      <TriageHints />
    </div>
  );
}
