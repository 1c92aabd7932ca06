import {
  BookOpen,
  Car,
  FileSearch,
  HardDrive,
  ListOrdered,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { DraftSection } from '../../../shared/domain/draft-check.ts';
import { EvidenceSection } from './evidence-section.tsx';
import { GuidesSection } from './guides-section.tsx';
import { ProblemSection } from './problem-section.tsx';
import { StepsSection } from './steps-section.tsx';
import { ToolSection } from './tool-section.tsx';
import { VehicleSection } from './vehicle-section.tsx';

export const sectionParts: Record<
  DraftSection,
  { readonly icon: LucideIcon; readonly body: () => ReactNode }
> = {
  tool: { icon: HardDrive, body: ToolSection },
  problem: { icon: TriangleAlert, body: ProblemSection },
  evidence: { icon: FileSearch, body: EvidenceSection },
  vehicle: { icon: Car, body: VehicleSection },
  steps: { icon: ListOrdered, body: StepsSection },
  guides: { icon: BookOpen, body: GuidesSection },
};
