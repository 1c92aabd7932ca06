import type { ErrorCode } from '../../shared/domain/app-error.ts';

type Underscored<Code extends string> = Code extends `${infer Area}.${infer Name}` ? `${Area}_${Name}` : Code;

/** Dots nest in the catalogue, so a code stands there with underscores; a code without its texts does not compile. */
export function errorTextId(code: ErrorCode): Underscored<ErrorCode> {
  return code.replace('.', '_') as Underscored<ErrorCode>;
}
