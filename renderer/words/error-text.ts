import type { AppError, ErrorCode } from '../../shared/domain/app-error.ts';
import { displayName } from '../../shared/domain/display-name.ts';
import { copyUseKinds } from '../../shared/domain/copy-use.ts';
import { remoteGates } from '../../shared/domain/remote-gates.ts';
import type { Words } from './translation.ts';

type Underscored<Code extends string> = Code extends `${infer Area}.${infer Name}` ? `${Area}_${Name}` : Code;

/** Dots nest in the catalogue, so a code stands there with underscores; a code without its texts does not compile. */
export function errorTextId<Code extends ErrorCode>(code: Code): Underscored<Code> {
  return code.replace('.', '_') as Underscored<Code>;
}

/** The parameters of a failure as its sentence shows them: names without what hides in them, bytes as sizes, a step of the wizard by its word. */
export function shownParams(
  error: AppError,
  { t, size }: Pick<Words, 't' | 'size'>,
): Record<string, string | number> {
  const gate = remoteGates.find((name) => name === error.params['gate']);
  const shown = Object.fromEntries(
    Object.entries(error.params).map(([key, value]) => [
      key,
      typeof value === 'string' ? displayName(value) : key.endsWith('Bytes') ? size(value) : value,
    ]),
  );
  const use = copyUseKinds.find((kind) => kind === error.params['use']);
  if (use !== undefined) {
    const request = shown['request'] === '' ? t('requests.untitled') : (shown['request'] ?? '');
    return { ...shown, use: t(`copyUse.${use}`, { request }) };
  }
  return gate === undefined ? shown : { ...shown, gate: t(`remote.gate_${gate}`) };
}
