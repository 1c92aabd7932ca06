// Packs the portal may hand out: `new-key <private file>` makes a key and prints its public half for
// resources/pack-keys.json; `sign <private file> <pack name>` prints the signed pack of resources/<pack name>.json.
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './paths.mjs';

const [act, keyFile, name] = process.argv.slice(2);
if (act === 'new-key' && keyFile !== undefined) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(keyFile, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  console.log(publicKey.export({ format: 'der', type: 'spki' }).toString('base64'));
} else if (act === 'sign' && keyFile !== undefined && /^[a-z]+$/.test(name ?? '')) {
  const body = readFileSync(join(projectFolder, 'resources', `${name}.json`), 'utf8');
  const { version } = JSON.parse(body);
  const signature = sign(null, Buffer.from(`officina-support pack\n${name}\n${version}\n${body}`, 'utf8'), createPrivateKey(readFileSync(keyFile, 'utf8'))).toString('base64');
  console.log(JSON.stringify({ name, version, body, signature }));
} else {
  console.error('sign-pack.mjs new-key <private file> | sign <private file> <pack name>');
  process.exitCode = 2;
}
