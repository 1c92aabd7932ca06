import { type DraftContent, fieldText, type RequestType } from '../domain/draft.ts';
import type { DraftControl, DraftSection } from '../domain/draft-check.ts';
import type { CheckPlace, ShownField } from './rule-shape.ts';
import { isPlainRequest } from './draft-facts.ts';
import type { EvidenceKind } from '../domain/evidence.ts';
import type { Product } from '../domain/product.ts';

/** What decides which controls the form draws, beside the draft itself. */
export type FormFacts = { readonly product: Product | null; readonly evidenceKinds: readonly EvidenceKind[] };

/** A field the form draws, the connection mode among them. */
export type FormField = ShownField | 'mode';

const onEcu: ReadonlySet<RequestType> = new Set(['read-failure', 'write-failure', 'recognition', 'hardware']);

/** What happened; theft or loss has its own short form (R-EXCL-1). */
function problemFields(content: DraftContent, { evidenceKinds }: FormFacts): readonly FormField[] {
  if (content.requestType === 'theft-or-loss')
    return ['lossKind', 'lossDate', 'lossPlace', 'lossReportNumber'];
  if (isPlainRequest(content)) return ['problem'];
  const isShown = fieldText(content, 'errorText') !== '' || evidenceKinds.includes('image');
  const isExcused = !isShown || fieldText(content, 'noScreenshotReason') !== '';
  return ['problem', 'stage', 'errorText', ...(isExcused ? (['noScreenshotReason'] as const) : [])];
}

/** Facts of the work itself, as far as product and kind of request make sense of them; what was written stays to be seen. */
function workFields(content: DraftContent, product: Product | null): readonly FormField[] {
  const touchesEcu = product === null || product.modes.length > 0;
  const asked = content.requestType === null || onEcu.has(content.requestType);
  const wanted: Readonly<Record<string, boolean>> = {
    mode: touchesEcu,
    driverNumber: touchesEcu && product?.driverNumber !== 'none',
    voltage: touchesEcu && asked,
  };
  return (['mode', 'driverNumber', 'voltage'] as const).filter(
    (key) => wanted[key] === true || fieldText(content, key) !== '',
  );
}

const vehicle: readonly ShownField[] = [
  'vehicleMake',
  'vehicleModel',
  'vehicleEngine',
  'vehicleYear',
  'vehicleVin',
];
const ecu: readonly ShownField[] = ['ecuMaker', 'ecuFamily', 'ecuHw', 'ecuSw'];

/** The fields an open section draws, group by group and in their order. */
export const formFields = {
  problem: problemFields,
  vehicle,
  ecu,
  work: workFields,
  evidence: ({ requestType }: DraftContent, product: Product | null): readonly FormField[] =>
    product?.hasToolLog === false || requestType === 'theft-or-loss' ? [] : ['noLogReason'],
} as const;

/** Everything of an open section that a check can lead to. */
export function formControls(
  section: DraftSection,
  content: DraftContent,
  facts: FormFacts,
): readonly DraftControl[] {
  switch (section) {
    case 'tool':
      return ['tool', 'requestType'];
    case 'problem':
      return formFields.problem(content, facts);
    case 'evidence':
      return ['addFile', ...formFields.evidence(content, facts.product)];
    case 'vehicle':
      return [...vehicle, ...ecu, ...workFields(content, facts.product)];
    case 'steps':
      return ['addDone', 'addTried'];
    case 'guides':
      return ['addGuide'];
  }
}

/** The control a missing item is repaired with: its own, or its field where the form does not draw that; null: it stands in the settings. */
export function controlFor(
  { section, control, field }: CheckPlace,
  content: DraftContent,
  facts: FormFacts,
): DraftControl | null {
  return control === null || field === null || formControls(section, content, facts).includes(control)
    ? control
    : field;
}
