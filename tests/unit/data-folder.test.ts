import { expect, test } from 'vitest';
import { defaultDataFolder } from '../../electron/platform/data-folder.ts';
import { dataFolderProblem } from '../../electron/platform/data-folder-check.ts';

const oneDrive = { OneDrive: 'C:\\Users\\Mario\\OneDrive' };

test.each([
  ['C:\\Users\\Mario\\AppData\\Local\\Officina Support', null],
  ['\\\\server\\share\\Officina', 'network'],
  ['\\\\?\\UNC\\server\\share', 'network'],
  ['\\\\?\\C:\\Users\\Mario\\Officina', null],
  ['c:\\users\\mario\\onedrive\\Officina', 'OneDrive'],
  ['C:\\Users\\Mario\\OneDrive', 'OneDrive'],
  ['C:\\Users\\Mario\\OneDrive-old', null],
] as const)('dataFolderProblem of %s is %s when the system is Windows', (folder, problem) => {
  expect(dataFolderProblem('win32', oneDrive, folder)).toBe(problem);
});

test('data folder is local and not roaming when the system is Windows', () => {
  expect(
    defaultDataFolder(
      'win32',
      { LOCALAPPDATA: 'C:\\Users\\Mario\\AppData\\Local' },
      'C:\\Users\\Mario\\AppData\\Roaming',
    ),
  ).toMatch(/AppData\\Local/u);
  expect(defaultDataFolder('win32', {}, 'C:\\Roaming')).toContain('officina-support');
});
