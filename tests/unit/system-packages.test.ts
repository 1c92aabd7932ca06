import { expect, test } from 'vitest';
import { namedHere } from '../../build/system-packages.mjs';

test.each([
  ['Debian 12', ['libasound2', 'libgtk-3-0', 'xvfb'], ['libasound2', 'libgtk-3-0', 'xvfb']],
  [
    'Ubuntu 24.04 and Debian 13',
    ['libasound2t64', 'libgtk-3-0t64', 'xvfb'],
    ['libasound2t64', 'libgtk-3-0t64', 'xvfb'],
  ],
  [
    'a system that has both names',
    ['libasound2', 'libasound2t64', 'xvfb'],
    ['libasound2t64', 'libgtk-3-0', 'xvfb'],
  ],
  ['a system that says nothing', [], ['libasound2', 'libgtk-3-0', 'xvfb']],
])('Debian packages are asked for under the names they have on %s', (_system, known, names) => {
  expect(namedHere(['libasound2', 'libgtk-3-0', 'xvfb'], new Set(known))).toEqual(names);
});
