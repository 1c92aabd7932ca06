import {
  CircleHelp,
  CopyPlus,
  FileSearch,
  FolderOpen,
  HardDrive,
  Languages,
  LayoutTemplate,
  type LucideIcon,
  MessagesSquare,
  Plus,
  Printer,
  RefreshCw,
  ScrollText,
  Send,
  Settings,
  Sun,
  SunMoon,
} from 'lucide-react';
import { useMemo } from 'react';
import { attempt, type PlainScreen, plainScreens, useApp } from '../stores/app-store.ts';
import { useHelp } from '../stores/help-store.ts';
import { useOutbox } from '../stores/outbox-store.ts';
import { unwrap } from '../bridge/bridge.ts';
import { saveSettings } from '../features/save-settings.ts';
import { printShown } from '../features/print-shown.ts';
import { startRequest } from '../features/start-request.ts';
import { startFromTemplate } from '../features/templates.ts';
import { useTemplates } from '../stores/template-store.ts';
import { useTranslation } from '../words/translation.ts';

export type Command = {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
};

const icons: Record<PlainScreen, LucideIcon> = {
  today: Sun,
  requests: MessagesSquare,
  evidence: FileSearch,
  tools: HardDrive,
  audit: ScrollText,
  settings: Settings,
};

/** What the search box can do besides finding requests. */
export function useCommands(): readonly Command[] {
  const { t, language } = useTranslation();
  const isOfRequest = useApp((state) => 'id' in state.route);
  const templates = useTemplates((state) => state.templates);
  return useMemo(
    () => [
      { id: 'new', label: t('nav.newRequest'), icon: Plus, run: () => startRequest() },
      ...templates.map(({ id, name }) => ({
        id: `template ${id}`,
        label: t('template.startFrom', { name }),
        icon: CopyPlus,
        run: () => startFromTemplate(id),
      })),
      ...plainScreens.map((screen) => ({
        id: screen,
        label: t('search.goTo', { place: t(`nav.${screen}`) }),
        icon: icons[screen],
        run: () => useApp.getState().go({ screen }),
      })),
      ...(isOfRequest
        ? [{ id: 'print', label: t('print.command'), icon: Printer, run: () => printShown({ t }) }]
        : []),
      {
        id: 'sync',
        label: t('action.syncNow'),
        icon: RefreshCw,
        run: () => void attempt(async () => unwrap(window.officina.syncNow({}))),
      },
      {
        id: 'help',
        label: t('help.title'),
        icon: CircleHelp,
        run: () => useHelp.getState().open('contents'),
      },
      {
        id: 'templates',
        label: t('template.title'),
        icon: LayoutTemplate,
        run: () => useTemplates.getState().show({ kind: 'all' }),
      },
      { id: 'outbox', label: t('sync.open'), icon: Send, run: () => useOutbox.getState().setOpen(true) },
      {
        id: 'theme',
        label: t('search.theme'),
        icon: SunMoon,
        run: () =>
          saveSettings({ theme: document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark' }),
      },
      {
        id: 'language',
        label: t('search.language'),
        icon: Languages,
        run: () => saveSettings({ language: language === 'it' ? 'en' : 'it' }),
      },
      {
        id: 'data-folder',
        label: t('settings.openDataFolder'),
        icon: FolderOpen,
        run: () => void attempt(() => unwrap(window.officina.openDataFolder({}))),
      },
    ],
    [t, language, templates, isOfRequest],
  );
}
