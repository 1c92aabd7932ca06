import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import { type EvidenceId, toolIdSchema } from '../../shared/domain/ids.ts';
import type { Product } from '../../shared/domain/product.ts';
import { maskedEmail } from '../../shared/domain/workshop-profile.ts';
import { type RequestFilter, type RequestList, requestPageRows, type StoreHealth } from '../../shared/ipc/views.ts';
import type { ErrorFacts } from '../../shared/logs/error-facts.ts';
import { hasSamples } from '../evidence/samples.ts';
import type { Clock } from '../platform/clock.ts';
import { draftFromEvidence } from '../requests/draft-from-evidence.ts';
import { draftService } from '../requests/draft-service.ts';
import { draftRow, rowMatches } from '../requests/request-rows.ts';
import { auditRepository, publishHead } from '../store/audit-repository.ts';
import { draftRepository } from '../store/draft-repository.ts';
import { evidenceRepository } from '../store/evidence-repository.ts';
import type { Db } from '../store/open-store.ts';
import { profileRepository } from '../store/profile-repository.ts';
import { toolRepository } from '../store/tool-repository.ts';
import type { Handlers } from './register-handlers.ts';

export type WorkshopParts = {
  readonly db: Db;
  readonly headFile: string;
  readonly health: StoreHealth;
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly products: readonly Product[];
  readonly appVersion: string;
  /** What a frozen LOG says of its failure; null when it is no readable text. */
  readonly factsOf?: (id: EvidenceId) => Promise<ErrorFacts | null>;
};

/** Commands and queries over what this PC holds: profile, tools, drafts. None of them needs the portal. */
export function workshopHandlers(parts: WorkshopParts): Handlers {
  const { db, clock } = parts;
  const profiles = profileRepository(db);
  const tools = toolRepository(db);
  const drafts = draftRepository(db);
  const evidence = evidenceRepository(db);
  const audit = auditRepository(db);
  let health = parts.health;
  let publishedSequence = audit.head().sequence;
  const transact = <T>(work: () => T): T => {
    const value = db.transaction(work).immediate();
    const head = audit.head();
    if (head.sequence !== publishedSequence) {
      publishHead(parts.headFile, head);
      publishedSequence = head.sequence;
    }
    return value;
  };
  const service = draftService({ drafts, tools, profile: profiles, audit, clock, transact });
  const versionTitle = (text: string): string => text.split('\n')[0]?.slice(0, 120) ?? '';

  return {
    appInfo: () => {
      const profile = profiles.profile();
      return {
        appVersion: parts.appVersion, runtime: process.versions['electron'] ?? process.version, platform: process.platform,
        settings: profiles.settings(), profile, maskedEmail: profile === null ? null : maskedEmail(profile.email),
        storeHealth: health, dataFolder: parts.dataFolder, hasSamples: hasSamples(parts.dataFolder),
      };
    },
    dismissStoreNotice: () => {
      health = { kind: 'healthy' };
      return null;
    },
    saveSettings: (changes) => transact(() => {
      const { language, theme, largeControls } = { ...profiles.settings(), ...changes };
      const current = profiles.settings();
      const settings = { language: language ?? current.language, theme: theme ?? current.theme, largeControls: largeControls ?? current.largeControls };
      profiles.saveSettings(settings);
      return settings;
    }),
    saveProfile: (profile) => transact(() => {
      profiles.saveProfile(profile);
      audit.append(clock.instant(), 'profile-saved', 'profile');
      return profile;
    }),
    productCatalogue: () => [...parts.products],
    tools: () => [...tools.all()],
    saveTool: ({ id, tool }) => transact(() => {
      const product = parts.products.find((item) => item.id === tool.productId);
      if (product === undefined) throw new AppFault('notFound');
      if (product.hasSerial && tool.serial === null) throw new AppFault('E_INPUT', { field: 'tool.serial' });
      const previous = id === null ? null : tools.find(id);
      if (id !== null && previous === null) throw new AppFault('notFound');
      const saved = { ...tool, id: id ?? toolIdSchema.parse(randomUUID()), createdAt: previous?.createdAt ?? clock.instant() };
      tools.save(saved);
      audit.append(clock.instant(), 'tool-saved', saved.id, { product: saved.productId });
      return saved;
    }),
    removeTool: ({ id }) => transact(() => {
      if (drafts.all().some((draft) => draft.content.toolId === id)) throw new AppFault('tool.inUse');
      tools.remove(id);
      audit.append(clock.instant(), 'tool-removed', id);
      return null;
    }),
    startDraft: ({ toolId, evidenceIds }) => draftFromEvidence(service, evidence, parts.factsOf, toolId, evidenceIds),
    draft: ({ id }) => {
      const draft = drafts.find(id);
      if (draft === null) throw new AppFault('notFound');
      return { draft, evidence: [...evidence.byIds(draft.content.evidenceIds)] };
    },
    editDraft: ({ id, baseRevision, content }) => service.edit(id, baseRevision, content),
    draftVersions: ({ id }) => drafts.versions(id).map((version, index, all) => ({
      revision: version.revision, savedAt: version.savedAt,
      title: versionTitle(version.content.fields.problem?.text ?? ''),
      changedFields: changedFields(version.content.fields, all[index + 1]?.content.fields ?? {}),
    })),
    restoreDraftVersion: ({ id, revision }) => service.restore(id, revision),
    removeDraft: ({ id }) => {
      service.remove(id);
      return null;
    },
    requests: ({ filter, text, offset }) => {
      const facts = { products: parts.products, tools: tools.all(), profile: profiles.profile() };
      const rows = drafts.all().map((draft) => draftRow(draft, facts)).filter((row) => rowMatches(row, text));
      const counts: RequestList['counts'] = { all: rows.length, you: 0, waiting: 0, drafts: rows.length, vendor: 0, closed: 0 };
      const shown: readonly RequestFilter[] = ['all', 'drafts'];
      const matching = shown.includes(filter) ? rows : [];
      return { rows: matching.slice(offset, offset + requestPageRows), total: matching.length, counts };
    },
  };
}

function changedFields(now: Readonly<Record<string, { text: string } | undefined>>, before: Readonly<Record<string, { text: string } | undefined>>): number {
  return new Set([...Object.keys(now), ...Object.keys(before)].filter((key) => now[key]?.text !== before[key]?.text)).size;
}
