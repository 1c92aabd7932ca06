import { join } from 'node:path';
import { expect, test } from 'vitest';
import { guessBases } from '../../electron/platform/log-folder-guesses.ts';

test('FACT-LOG-7: guessBases covers every known place when the system is Windows', () => {
  const env = {
    'ProgramFiles(x86)': 'PF86',
    ProgramFiles: 'PF',
    ProgramData: 'PD',
    PUBLIC: 'PUB',
    APPDATA: 'ROAM',
    LOCALAPPDATA: 'LOCAL',
    SystemDrive: 'C:',
  };
  const folders = guessBases(env, 'win32', 'DOCS').map((base) => base.folder);
  expect(folders).toHaveLength(8);
  expect(folders).toEqual(expect.arrayContaining(['PF86', 'PF', 'PD', 'DOCS', 'ROAM', 'LOCAL', 'C:\\']));
});

test('guessBases looks in the Documents of the profile too when OneDrive has taken their place', () => {
  const folders = guessBases({ USERPROFILE: 'PROFILE' }, 'win32', 'ONEDRIVE/Documents').map(
    (base) => base.folder,
  );
  expect(folders).toEqual(['ONEDRIVE/Documents', join('PROFILE', 'Documents')]);
  expect(guessBases({ USERPROFILE: 'PROFILE' }, 'win32', join('PROFILE', 'Documents'))).toHaveLength(1);
});
