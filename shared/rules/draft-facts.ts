import { type DraftContent, type FieldKey, fieldText } from '../domain/draft.ts';
import { problemParts } from '../text/problem-text.ts';

/** Whether the field has text. */
export const hasText = (content: DraftContent, key: FieldKey): boolean => fieldText(content, key) !== '';

export const isLoss = ({ requestType }: DraftContent): boolean => requestType === 'theft-or-loss';

/** A question or an account matter: it is asked for no error text, LOG and steps. */
export const isPlainRequest = ({ requestType }: DraftContent): boolean =>
  requestType === 'question' || requestType === 'account';

/** Theft or loss has its short form. */
export const isFault = (content: DraftContent): boolean => !isLoss(content) && !isPlainRequest(content);

export const isOnEcu = ({ requestType }: DraftContent): boolean =>
  requestType === 'read-failure' || requestType === 'write-failure' || requestType === 'recognition';

const benchModes = new Set(['bench', 'boot', 'bdm', 'jtag', 'tricore']);

/** The unit lies open on the bench, with wires on it. */
export const isOnBench = (content: DraftContent): boolean => benchModes.has(fieldText(content, 'mode'));

/** A step of that kind with text. */
export const hasStep = (content: DraftContent, kind: 'done' | 'tried'): boolean =>
  content.steps.some((step) => step.kind === kind && step.text.trim() !== '');

/** What the description says of the problem: that there is one, what was seen, at which moment. */
export const partsOfProblem = (content: DraftContent): ReturnType<typeof problemParts> =>
  problemParts(fieldText(content, 'problem'), {
    stage: fieldText(content, 'stage'),
    errorText: fieldText(content, 'errorText'),
  });

/** A problem is described; theft and loss have none. */
export const isWritten = (content: DraftContent): boolean =>
  !isLoss(content) && partsOfProblem(content).written;

/** R-INFO-3: at least one of vehicle and ECU, each by description and identification. */
export function namesVehicleOrEcu(content: DraftContent): boolean {
  const vehicle =
    hasText(content, 'vehicleVin') || (hasText(content, 'vehicleMake') && hasText(content, 'vehicleModel'));
  const ecu =
    hasText(content, 'ecuHw') ||
    hasText(content, 'ecuSw') ||
    (hasText(content, 'ecuMaker') && hasText(content, 'ecuFamily'));
  return vehicle || ecu;
}
