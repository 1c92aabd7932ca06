// Signs the packs of resources/ and writes the public half of the key beside them; run it after every change of a pack.
//   npm run sign-packs                            with a key made now and thrown away
//   npm run sign-packs -- --key FILE              with the key of whoever releases the program (or PACK_KEY_FILE); FILE is made when absent
//   npm run sign-packs -- --key FILE --print NAME also prints the signed pack, as the portal hands it out
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from './paths.mjs';

const resources = join(projectFolder, 'resources');
const signaturesFile = join(resources, 'pack-signatures.json');

function privateKey(file) {
  if (file === undefined) return generateKeyPairSync('ed25519').privateKey;
  const path = resolve(file);
  const fromHere = relative(projectFolder, path);
  // Between two drives of Windows there is no relative path.
  if (!fromHere.startsWith('..') && !isAbsolute(fromHere))
    throw new Error('A private key has no place in the project: choose a file outside of it.');
  if (!existsSync(path))
    writeFileSync(path, generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  const key = createPrivateKey(readFileSync(path, 'utf8'));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('Packs are signed with an Ed25519 key.');
  return key;
}

function signedPack(name, key) {
  const body = readFileSync(join(resources, `${name}.json`), 'utf8');
  const { version } = JSON.parse(body);
  return {
    name,
    version,
    body,
    signature: sign(null, Buffer.from(`officina-support pack\n${name}\n${version}\n${body}`, 'utf8'), key).toString('base64'),
  };
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

try {
  const { values } = parseArgs({ options: { key: { type: 'string', default: process.env.PACK_KEY_FILE }, print: { type: 'string' } } });
  const key = privateKey(values.key);
  const names = Object.keys(JSON.parse(readFileSync(signaturesFile, 'utf8')).signatures);
  if (values.print !== undefined && !names.includes(values.print))
    throw new Error(`There is no pack ${values.print}: ${names.join(', ')}.`);
  const packs = names.map((name) => signedPack(name, key));
  writeFileSync(signaturesFile, json({ signatures: Object.fromEntries(packs.map(({ name, signature }) => [name, signature])) }));
  writeFileSync(
    join(resources, 'pack-keys.json'),
    json({ keys: [createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64')] }),
  );
  if (values.print !== undefined) console.log(JSON.stringify(packs.find((pack) => pack.name === values.print)));
  else
    console.log(`signed: ${names.join(', ')}${values.key === undefined ? ' (the key is gone: packs for a portal need --key FILE)' : ''}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
