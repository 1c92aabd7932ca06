import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { NotFilled, WantedForm } from '../../../shared/portal-map/filled.ts';
import type { PortalMap } from '../../../shared/portal-map/portal-map.ts';
import { timingMs } from '../../platform/failpoint.ts';
import type { PageEyes } from './page-eyes.ts';
import { listedFiles } from './page-parts.ts';
import { markFilesScript, written } from './page-scripts.ts';
import type { Site } from './site.ts';

/** How long a page may take to list the files it was given, milliseconds; and how often it is looked at. */
const filesMs = (): number => timingMs('SITE_FILES_MS', 30_000);
const lookMs = 150;

const inputSchema = z.enum(['none', 'one', 'many']);

/** Gives the page the files it does not list yet, all at once or one by one as its input takes them, and waits until it lists them. */
export function fileAttacher(
  site: Site,
  map: PortalMap,
  eyes: PageEyes,
): (wanted: WantedForm) => Promise<NotFilled | null> {
  /** Why the portal would not take the files, before any is given to it. */
  async function limitMet(wanted: WantedForm): Promise<NotFilled | null> {
    const limits = map.form.files;
    if (limits === null) return 'not-found';
    if (limits.maxFiles !== null && wanted.files.length > limits.maxFiles) return 'too-many';
    if (limits.maxBytes === null) return null;
    for (const { path } of wanted.files) {
      const size = await stat(path).then(
        (found) => found.size,
        () => null,
      );
      if (size !== null && size > limits.maxBytes) return 'too-large';
    }
    return null;
  }

  /** Waits until the page lists so many of the files and is done with them. */
  async function untilListed(wanted: WantedForm, count: number): Promise<void> {
    for (const endMs = performance.now() + filesMs(); performance.now() < endMs; await wait(lookMs)) {
      const form = await eyes.readForm();
      if (!form.isBusy && listedFiles(wanted, form).length >= count) return;
    }
  }

  async function attach(wanted: WantedForm): Promise<NotFilled | null> {
    if (wanted.files.length === 0) return null;
    const limit = await limitMet(wanted);
    const files = map.form.files;
    if (limit !== null || files === null) return limit;
    const mark = `data-${randomBytes(8).toString('hex')}`;
    for (let before = -1; ; ) {
      const there = listedFiles(wanted, await eyes.readForm());
      // What was not taken the last time is not offered for ever.
      if (there.length <= before) return 'not-taken';
      before = there.length;
      const left = [...there];
      const missing = wanted.files.filter(({ name }) => {
        const at = left.indexOf(name);
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      });
      const [next] = missing;
      if (next === undefined) return null;
      const found = await eyes.ask(written(markFilesScript, { place: files.finder, mark }), inputSchema);
      if (found === 'none') return there.length === 0 ? 'not-found' : 'not-taken';
      const given = files.takesMany && found === 'many' ? missing : [next];
      await site.setFiles(
        `[${mark}]`,
        given.map(({ path }) => path),
      );
      await untilListed(wanted, there.length + given.length);
    }
  }

  return attach;
}
