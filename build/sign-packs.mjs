// Signs the packs of resources/ and writes the public half of the key beside them; run it after every change of a pack.
//   npm run sign-packs -- --key FILE              with the key of whoever releases the program (or PACK_KEY_FILE)
//   npm run sign-packs -- --key FILE --print NAME also prints the signed pack, as the portal hands it out
//   npm run sign-packs -- --new-key [--key FILE]  with another key than the project's: FILE, made when absent, else one made now and thrown away
// Whoever replaces the project's key locks out the packs others signed with it: that is done when it is asked for, and never by the way.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from './paths.mjs';

const resources = join(projectFolder, 'resources');
const signaturesFile = join(resources, 'pack-signatures.json');
const keysFile = join(resources, 'pack-keys.json');
const askForNew = "To replace the project's key, say so: npm run sign-packs -- --new-key [--key FILE]";

function privateKey(file, mayBeNew) {
  if (file === undefined) return generateKeyPairSync('ed25519').privateKey;
  const path = resolve(file);
  const fromHere = relative(projectFolder, path);
  // Between two drives of Windows there is no relative path.
  if (!fromHere.startsWith('..') && !isAbsolute(fromHere))
    throw new Error('A private key has no place in the project: choose a file outside of it.');
  if (!existsSync(path)) {
    if (!mayBeNew)
      throw new Error(
        `${file} is not there: the project's packs are signed with a key that is. ${askForNew}`,
      );
    writeFileSync(path, generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }), {
      mode: 0o600,
      flag: 'wx',
    });
  }
  const key = createPrivateKey(readFileSync(path, 'utf8'));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('Packs are signed with an Ed25519 key.');
  return key;
}

/** A pack as it stands in the folder, and the text a signature of it is for. */
function readPack(name) {
  const body = readFileSync(join(resources, `${name}.json`), 'utf8');
  const { version } = JSON.parse(body);
  return {
    name,
    version,
    body,
    text: Buffer.from(`officina-support pack\n${name}\n${version}\n${body}`, 'utf8'),
  };
}

function signedPack(name, key) {
  const { text, ...pack } = readPack(name);
  return { ...pack, signature: sign(null, text, key).toString('base64') };
}

/** The public keys the program believes; none in a project that was never signed. */
function projectKeys() {
  return existsSync(keysFile) ? JSON.parse(readFileSync(keysFile, 'utf8')).keys : [];
}

const publicText = (key) => createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');

/** Whether every pack is signed as it stands by a key the program believes. */
function isWhole(signatures) {
  const keys = projectKeys().map((text) =>
    createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' }),
  );
  return Object.entries(signatures).every(([name, signature]) =>
    keys.some((key) => verify(null, readPack(name).text, key, Buffer.from(signature, 'base64'))),
  );
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

try {
  const { values } = parseArgs({
    options: {
      key: { type: 'string', default: process.env.PACK_KEY_FILE },
      'new-key': { type: 'boolean', default: false },
      print: { type: 'string' },
    },
  });
  const isNew = values['new-key'];
  const { signatures } = JSON.parse(readFileSync(signaturesFile, 'utf8'));
  const names = Object.keys(signatures);
  if (values.print !== undefined && !names.includes(values.print))
    throw new Error(`There is no pack ${values.print}: ${names.join(', ')}.`);
  if (values.key === undefined && !isNew) {
    if (!isWhole(signatures))
      throw new Error(`The packs are signed with the project's key: give it with --key FILE. ${askForNew}`);
    console.log(`signed already: ${names.join(', ')}`);
  } else {
    const key = privateKey(values.key, isNew || projectKeys().length === 0);
    const known = projectKeys();
    if (!isNew && known.length > 0 && !known.includes(publicText(key)))
      throw new Error(`${values.key} is not the project's key. ${askForNew}`);
    const packs = names.map((name) => signedPack(name, key));
    writeFileSync(
      signaturesFile,
      json({ signatures: Object.fromEntries(packs.map(({ name, signature }) => [name, signature])) }),
    );
    if (!known.includes(publicText(key))) writeFileSync(keysFile, json({ keys: [publicText(key)] }));
    if (values.print !== undefined)
      console.log(JSON.stringify(packs.find((pack) => pack.name === values.print)));
    else
      console.log(
        `signed: ${names.join(', ')}${values.key === undefined ? ' (the key is gone: packs for a portal need --key FILE)' : ''}`,
      );
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
