import { AlignLeft, Cpu, File, FileLock, FileText, Image, type LucideIcon, ScrollText } from 'lucide-react';
import type { EvidenceKind } from '../../shared/domain/evidence.ts';

export const evidenceIcons: Record<EvidenceKind, LucideIcon> = {
  log: ScrollText,
  'protected-package': FileLock,
  'ecu-read': Cpu,
  image: Image,
  text: AlignLeft,
  document: FileText,
  other: File,
};
