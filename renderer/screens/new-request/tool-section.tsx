import type { ReactNode } from 'react';
import { requestTypeSchema, requestTypes } from '../../../shared/domain/draft.ts';
import { useTranslation } from '../../app/translation.ts';
import { ChoiceField } from '../../components/choice-field.tsx';
import { useApp } from '../../stores/app-store.ts';
import { useDraft } from '../../stores/draft-store.ts';
import { DraftField } from './draft-field.tsx';

/** Which tool, and what is asked for; the rest of the form follows from both. */
export function ToolSection(): ReactNode {
  const { t } = useTranslation();
  const tools = useApp((state) => state.tools);
  const products = useApp((state) => state.products);
  const content = useDraft((state) => state.draft?.content);
  const put = useDraft((state) => state.change);
  if (content === undefined) return null;
  const nameOf = (productId: string): string => products.find((item) => item.id === productId)?.name ?? productId;
  const chooseTool = (id: string): void => {
    const tool = tools.find((item) => item.id === id);
    const version = tool?.installedVersion ?? null;
    const fields: typeof content.fields = version === null ? content.fields : { ...content.fields, softwareVersion: { text: version, source: { kind: 'profile' } } };
    put({ ...content, toolId: tool?.id ?? null, productId: tool?.productId ?? null, fields });
  };
  const chooseType = (value: string): void => {
    const parsed = requestTypeSchema.safeParse(value);
    put({ ...content, requestType: parsed.success ? parsed.data : null });
  };
  return (
    <div className="grid">
      <ChoiceField label={t('section.tool')} value={content.toolId ?? ''} onChange={chooseTool}
        choices={[{ value: '', label: t('tools.choose') }, ...tools.map((tool) => ({ value: tool.id, label: [nameOf(tool.productId), tool.serial ?? '', tool.nickname ?? ''].filter((part) => part !== '').join(' · ') }))]} />
      <ChoiceField label={t('requestType.label')} value={content.requestType ?? ''} onChange={chooseType}
        choices={[{ value: '', label: t('requestType.none') }, ...requestTypes.map((type) => ({ value: type, label: t(`requestType.${type}`) }))]} />
      <DraftField name="softwareVersion" />
      <DraftField name="firmwareVersion" />
    </div>
  );
}
