import { existsSync } from 'node:fs';

/** A name beside which nothing lies yet: `x.zip`, `x (2).zip`, ... */
export function freeZip(file: string): string {
  const stem = file.replace(/\.zip$/iu, '');
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? `${stem}.zip` : `${stem} (${count}).zip`;
    if (!existsSync(name) && !existsSync(`${name}.part`)) return name;
  }
}
