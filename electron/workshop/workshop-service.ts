import { randomUUID } from 'node:crypto';
import { AppFault } from '../../shared/domain/app-error.ts';
import { type ToolId, toolIdSchema } from '../../shared/domain/ids.ts';
import type { Tool, ToolInput } from '../../shared/domain/tool.ts';
import type { WorkshopProfile } from '../../shared/domain/workshop-profile.ts';
import type { Settings } from '../../shared/ipc/views.ts';
import type { ServiceContext } from '../store/service-context.ts';

export type WorkshopServiceParts = {
  /** The person's name on the portal may have changed with the profile. */
  readonly onProfileSaved: () => void;
  /** Whether the queue goes outside staffed hours was changed: what waits may go, or the other way round. */
  readonly onSendingChanged: () => void;
};

export type WorkshopService = {
  /** Changes what is named and leaves the rest. */
  readonly saveSettings: (changes: { readonly [K in keyof Settings]?: Settings[K] | undefined }) => Settings;
  readonly saveProfile: (profile: WorkshopProfile) => void;
  /** @param id null for a new one. @throws AppFault notFound, E_INPUT when the product has a serial number and none is given */
  readonly saveTool: (id: ToolId | null, tool: ToolInput) => Tool;
  /** @throws AppFault tool.inUse while a draft names it */
  readonly removeTool: (id: ToolId) => void;
  /** Takes tools along that come with the samples, unless the workshop has named its own. */
  readonly addSampleTools: (samples: readonly ToolInput[]) => void;
};

/** What the workshop says of itself: settings, profile, tools. */
export function workshopService(context: ServiceContext, parts: WorkshopServiceParts): WorkshopService {
  const { profile: profiles, tools, drafts, audit, clock, transact, products } = context;
  const kept = (tool: Tool): Tool => {
    tools.save(tool);
    audit.append(clock.instant(), 'tool-saved', tool.id, { product: tool.productId });
    return tool;
  };
  const newId = (): ToolId => toolIdSchema.parse(randomUUID());
  return {
    saveSettings: (changes) => {
      const current = profiles.settings();
      const settings = {
        language: changes.language ?? current.language,
        theme: changes.theme ?? current.theme,
        largeControls: changes.largeControls ?? current.largeControls,
        zoom: changes.zoom ?? current.zoom,
        sendOutsideHours: changes.sendOutsideHours ?? current.sendOutsideHours,
        keptFiles: changes.keptFiles ?? current.keptFiles,
        notifications: changes.notifications ?? current.notifications,
        savedSearches: changes.savedSearches ?? current.savedSearches,
      };
      transact(() => profiles.saveSettings(settings));
      if (settings.sendOutsideHours !== current.sendOutsideHours) parts.onSendingChanged();
      if (settings.language !== current.language || settings.zoom !== current.zoom)
        context.publish({ kind: 'settingsSaved' });
      return settings;
    },
    saveProfile: (profile) => {
      transact(() => {
        profiles.saveProfile(profile);
        audit.append(clock.instant(), 'profile-saved', 'profile');
      });
      parts.onProfileSaved();
      context.publish({ kind: 'settingsSaved' });
    },
    saveTool: (id, tool) =>
      transact(() => {
        const product = products.find((item) => item.id === tool.productId);
        if (product === undefined) throw new AppFault('notFound');
        if (product.hasSerial && tool.serial === null)
          throw new AppFault('E_INPUT', { field: 'tool.serial' });
        const previous = id === null ? null : tools.find(id);
        if (id !== null && previous === null) throw new AppFault('notFound');
        return kept({ ...tool, id: id ?? newId(), createdAt: previous?.createdAt ?? clock.instant() });
      }),
    removeTool: (id) =>
      transact(() => {
        if (drafts.countOfTool(id) > 0) throw new AppFault('tool.inUse');
        tools.remove(id);
        audit.append(clock.instant(), 'tool-removed', id);
      }),
    addSampleTools: (samples) => {
      if (tools.all().length > 0) return;
      transact(() => samples.map((tool) => kept({ ...tool, id: newId(), createdAt: clock.instant() })));
    },
  };
}
