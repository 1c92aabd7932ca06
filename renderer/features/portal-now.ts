import { correctedMs } from '../../shared/calendar/clock-offset.ts';
import { usePortal } from '../stores/portal-store.ts';

/** Now in epoch milliseconds, by the portal's clock where the PC's is wrong (R-HOURS-1): what is announced is judged by it. */
export function portalNowMs(): number {
  return correctedMs(Date.now(), usePortal.getState().status?.clockOffsetMs ?? null);
}
