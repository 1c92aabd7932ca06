// CycloneDX 1.6: what is in the package, for those who look after many PCs. Without a time or a chance number: the same parts, the same file.
import { createHash } from 'node:crypto';

const hashes = (integrity) => {
  const [, algorithm, value] = /^(sha512)-(.+)$/.exec(integrity ?? '') ?? [];
  return algorithm === undefined
    ? {}
    : { hashes: [{ alg: 'SHA-512', content: Buffer.from(value, 'base64').toString('hex') }] };
};
/** An expression is said as one; so is a name that is not in SPDX's list of single licences. */
const licences = (licence) => [
  /[ ()]/.test(licence) ? { expression: licence.replace(/^\((.*)\)$/, '$1') } : { license: { id: licence } },
];

/** The document of the program `{ name, version }` made of `parts`. */
export function sbom(program, parts) {
  const components = parts.map(({ name, version, licence, purl, integrity }) => {
    const [, group, plain] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [null, undefined, name];
    return {
      type: purl.startsWith('pkg:npm/') && name !== 'Electron' ? 'library' : 'framework',
      'bom-ref': purl,
      ...(group === undefined ? {} : { group }),
      name: plain,
      version,
      ...hashes(integrity),
      licenses: licences(licence),
      purl,
    };
  });
  const ref = `pkg:generic/${program.name}@${program.version}`;
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': ref,
        name: program.name,
        version: program.version,
        licenses: licences('MIT'),
      },
    },
    components,
    dependencies: [{ ref, dependsOn: components.map((component) => component['bom-ref']) }],
  };
  const digest = createHash('sha256').update(JSON.stringify(document)).digest('hex');
  const uuid = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  return { bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: `urn:uuid:${uuid}`, ...document };
}
