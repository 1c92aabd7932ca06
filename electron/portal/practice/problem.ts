import { STATUS_CODES } from 'node:http';
import type { WireProblem } from '../../../shared/portal/wire.ts';

/** A refusal of the practice portal; leaves it as RFC 9457 problem details. It names the field, never its content. */
export class Problem extends Error {
  readonly status: number;
  readonly code: NonNullable<WireProblem['code']>;
  readonly field: string | null;
  readonly retryAfterSeconds: number | null;
  readonly until: string | null;

  constructor(
    status: number,
    code: NonNullable<WireProblem['code']>,
    field: string | null = null,
    wait: { readonly retryAfterSeconds: number | null; readonly until: string | null } = {
      retryAfterSeconds: null,
      until: null,
    },
  ) {
    super(code);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.field = field;
    this.retryAfterSeconds = wait.retryAfterSeconds;
    this.until = wait.until;
  }

  body(): WireProblem {
    return {
      type: 'about:blank',
      title: STATUS_CODES[this.status] ?? String(this.status),
      status: this.status,
      code: this.code,
      ...(this.field === null ? {} : { field: this.field }),
      ...(this.until === null ? {} : { until: this.until }),
    };
  }
}
