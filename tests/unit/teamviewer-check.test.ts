import { describe, expect, test } from 'vitest';
import { attributeValues, judgeSignature } from '../../electron/platform/windows/authenticode.ts';
import { teamViewerAmong } from '../../shared/rules/teamviewer-processes.ts';
import { windowsPathRefusal } from '../../shared/rules/teamviewer-path.ts';
import { versionRefusal } from '../../shared/rules/teamviewer-version.ts';

const path = 'C:\\Program Files\\TeamViewer\\TeamViewer.exe';
const subject =
  'CN=TeamViewer Germany GmbH, O=TeamViewer Germany GmbH, L=Göppingen, S=Baden-Württemberg, C=DE';
const good = {
  shape: 'officina-1',
  path,
  status: 'Valid',
  subject,
  serial: '0A1B',
  chainBuilt: true,
  chainStates: [],
  version: '15.51.5.0',
};
const judged = (changes: object): string => {
  const signature = judgeSignature(JSON.stringify({ ...good, ...changes }), path);
  return signature.kind === 'valid' ? `valid ${signature.signer} ${signature.version}` : signature.reason;
};

describe('windowsPathRefusal', () => {
  test.each([
    [path, null],
    ['D:\\Tools\\TeamViewerQS.exe', null],
    ['C:\\Users\\m\\Downloads\\TeamViewerQS_x64 (1).exe', null],
    ['C:\\Downloads\\Alientech QS.exe', null],
    ['C:\\Downloads\\TeamViewer_Setup.exe', 'path-odd'],
    ['C:\\TeamViewer\\TeamViewer_Service.exe', 'path-odd'],
    ['C:\\Downloads\\qs.exe.lnk', 'path-odd'],
    ['C:\\Downloads\\TeamViewerQS.exe.bat', 'path-odd'],
    ['\\\\server\\share\\TeamViewer.exe', 'path-network'],
    ['//server/share/TeamViewer.exe', 'path-network'],
    ['\\\\?\\C:\\TeamViewer.exe', 'path-network'],
    ['\\\\.\\pipe\\TeamViewer.exe', 'path-network'],
    ['"C:\\Program Files\\TeamViewer\\TeamViewer.exe"', 'path-quotes'],
    ["C:\\it's\\TeamViewer.exe", 'path-quotes'],
    ['%ProgramFiles%\\TeamViewer\\TeamViewer.exe', 'path-variables'],
    ['C:\\$env:TEMP\\TeamViewer.exe', 'path-variables'],
    ['TeamViewer.exe', 'path-odd'],
    ['.\\TeamViewer.exe', 'path-odd'],
    ['C:TeamViewer.exe', 'path-odd'],
    ['C:/TeamViewer/TeamViewer.exe', 'path-odd'],
    ['C:\\a\\..\\TeamViewer.exe', 'path-odd'],
    ['C:\\a \\TeamViewer.exe', 'path-odd'],
    ['C:\\TeamViewer.exe:evil.exe', 'path-odd'],
    ['C:\\TeamViewer\\cmd.exe', 'path-odd'],
    ['C:\\TeamViewer.exe --control x', 'path-odd'],
    [`C:\\${'a\\'.repeat(140)}TeamViewer.exe`, 'path-odd'],
    ['', 'path-odd'],
    ['C:\\Team\u202Eexe\\TeamViewer.exe', 'path-odd'],
  ])('R-REMOTE-2: judges %j as %s', (text, refusal) => {
    expect(windowsPathRefusal(text)).toBe(refusal);
  });
});

describe('teamViewerAmong', () => {
  test.each<[readonly string[] | null, boolean | null, boolean | null]>([
    [null, null, null],
    [['explorer.exe'], false, false],
    [['teamviewer_service.exe'], false, false],
    [['teamviewer.exe', 'teamviewer_service.exe'], true, false],
    [['teamviewer_service.exe', 'teamviewer_desktop.exe'], true, true],
    [['teamviewerqs.exe'], true, null],
    [['teamviewerqs_x64.exe', 'explorer.exe'], true, null],
    [['teamviewerqs.exe', 'teamviewer_desktop.exe'], true, true],
  ])('R-REMOTE-6: says of %j: runs itself %j, holds a session %j', (names, program, session) => {
    expect(teamViewerAmong(names === null ? null : new Set(names))).toEqual({ program, session });
  });
});

describe('versionRefusal', () => {
  test.each([
    ['15.51.5', '15.51.5', null],
    ['15.51.5.0', '15.51.5', null],
    ['15.51.5 F', '15.51', null],
    ['15.52.1', '15.51.5', 'other-version'],
    ['15.5.5', '15.51.5', 'other-version'],
    ['14.7.48644', '15.51.5', 'too-old'],
    ['9.0', '9.0', 'too-old'],
    [null, '15.51.5', 'version-unknown'],
    ['', '15.51.5', 'version-unknown'],
    ['latest', '15.51.5', 'version-unknown'],
    ['15.51.5', null, 'none-offered'],
  ])('R-REMOTE-2: judges %j where %j is required as %s', (found, required, refusal) => {
    expect(versionRefusal(found, required)).toBe(refusal);
  });
});

describe('judgeSignature', () => {
  test('R-REMOTE-2: accepts a valid signature of TeamViewer with an unrevoked chain', () => {
    expect(judged({})).toBe('valid TeamViewer Germany GmbH 15.51.5.0');
    expect(judged({ chainBuilt: false, chainStates: ['NotTimeValid'] })).toBe(
      'valid TeamViewer Germany GmbH 15.51.5.0',
    );
    expect(judged({ chainStates: null })).toContain('valid');
  });

  test.each([
    ['unsigned', { status: 'NotSigned', subject: '' }],
    ['signature-invalid', { status: 'HashMismatch' }],
    ['signature-invalid', { status: 'NotTrusted' }],
    ['signature-invalid', { status: 'UnknownError' }],
    ['signature-invalid', { status: '' }],
    ['chain-invalid', { chainBuilt: false, chainStates: ['Revoked'] }],
    ['chain-invalid', { chainBuilt: false, chainStates: 'UntrustedRoot' }],
    ['chain-invalid', { chainBuilt: false, chainStates: ['RevocationStatusUnknown', 'OfflineRevocation'] }],
    ['chain-invalid', { chainBuilt: false, chainStates: [] }],
    ['chain-invalid', { chainBuilt: true, chainStates: ['Revoked'] }],
    ['chain-invalid', { chainBuilt: false, chainStates: ['NotTimeValid', 'Revoked'] }],
    ['chain-invalid', { serial: '00C88AF8F1' }],
    ['other-signer', { subject: 'CN=Evil Ltd, O=TeamViewer Germany GmbH' }],
    ['other-signer', { subject: 'CN="TeamViewer Germany GmbH, Inc."' }],
    ['other-signer', { subject: 'O="x, CN=TeamViewer Germany GmbH"' }],
    ['other-signer', { subject: 'CN=TeamViewer Germany GmbH, CN=Evil' }],
    ['other-signer', { subject: '' }],
    ['no-answer', { path: 'C:\\other\\TeamViewer.exe' }],
    ['no-answer', { shape: 'other' }],
    ['no-answer', { extra: 1 }],
    ['no-answer', { chainBuilt: 'true' }],
    ['no-answer', { status: 0 }],
  ])('R-REMOTE-2: refuses as %s: %j', (reason, changes) => {
    expect(judged(changes)).toBe(reason);
  });

  test.each([
    null,
    '',
    '  \r\n',
    'null',
    '[]',
    '{}',
    '"Valid"',
    'Valid',
    '{"status":"Valid"}',
    `${JSON.stringify(good)}x`,
    `[${JSON.stringify(good)}]`,
    'fixme:powershell stub',
  ])('R-REMOTE-2: fails closed when the answer is %j', (output) => {
    expect(judgeSignature(output, path)).toMatchObject({ kind: 'refused', reason: 'no-answer' });
  });

  test('attributeValues reads quoted parts when they hold commas and quotes', () => {
    expect(attributeValues('CN="a ""b"", c", O=d', 'CN')).toEqual(['a "b", c']);
  });
});
