import type { Tool, ToolInput } from '../../shared/domain/tool.ts';
import type { ToolId } from '../../shared/domain/ids.ts';
import type { WorkshopProfile } from '../../shared/domain/workshop-profile.ts';
import { attempt, useApp } from '../stores/app-store.ts';
import { unwrap } from '../bridge/bridge.ts';

/** Stores the workshop's facts; true when they are on disk. */
export async function storeProfile(profile: WorkshopProfile): Promise<boolean> {
  const saved = await attempt(async () => {
    await unwrap(window.officina.saveProfile(profile));
    useApp.getState().dismissError();
    await useApp.getState().refresh();
    return true;
  });
  return saved ?? false;
}

/** Stores a tool, new when `id` is null; the stored one, or null when it failed. */
export function storeTool(id: ToolId | null, tool: ToolInput): Promise<Tool | null> {
  return attempt(async () => {
    const stored = await unwrap(window.officina.saveTool({ id, tool }));
    useApp.getState().dismissError();
    await useApp.getState().refresh();
    return stored;
  });
}
