// Which packages' code really is in a bundle, as the bundler knows it: what ships is told by this and by no list that grows old.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `node_modules/a/node_modules/@b/c` of a module's path; null when it is ours. */
export function packageFolder(id) {
  const path = id.replaceAll('\\', '/').replace(/^\0/, '').replace(/\?.*$/, '');
  const match = /.*\/(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
  if (match === null) return null;
  return path.slice(path.indexOf('/node_modules/') + 1, match[0].length - 1);
}

/** Writes `<part>.json` into the folder named by OFFICINA_INVENTORY: the folders of packages with a module, a style or a font in the bundle. */
export function inventory(part) {
  return {
    name: 'officina-inventory',
    generateBundle(_options, bundle) {
      const folder = process.env.OFFICINA_INVENTORY;
      if (folder === undefined) return;
      const ids = Object.values(bundle).flatMap((item) =>
        item.type === 'chunk'
          ? Object.entries(item.modules)
              .filter(([id, { renderedLength }]) => renderedLength > 0 || /\.css(\?|$)/.test(id))
              .map(([id]) => id)
          : (item.originalFileNames ?? []).map((name) => `/${name}`),
      );
      const found = new Set(ids.map(packageFolder).filter((name) => name !== null));
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${part}.json`), JSON.stringify([...found].sort()));
    },
  };
}
