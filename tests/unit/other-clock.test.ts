import { expect, test } from 'vitest';
import { hasOtherClock } from '../../electron/portal/open-portal-services.ts';

const at = (url: string) => hasOtherClock({ kind: 'contract', url, proxy: null });

test('CLOCK-1: what runs on this PC agrees with its clock whatever it says, and bears out no time', () => {
  expect([hasOtherClock({ kind: 'practice' }), hasOtherClock({ kind: 'manual' })]).toEqual([false, false]);
  const here = [
    'http://127.0.0.1:8080',
    'http://localhost',
    'https://[::1]',
    'https://127.8.9.10',
    'https://portal.localhost',
    'https://0.0.0.0',
  ];
  expect(here.filter(at)).toEqual([]);
  const there = [
    'https://portal.example',
    'https://127.portal.example',
    'https://10.0.0.7',
    'https://localhost.example',
  ];
  expect(there.filter(at)).toEqual(there);
});
