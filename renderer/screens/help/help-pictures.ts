import type { Language } from '../../../shared/domain/ids.ts';
import todayIt from './pictures/today-it.webp';
import draftIt from './pictures/draft-it.webp';
import reviewIt from './pictures/review-it.webp';
import ticketIt from './pictures/ticket-it.webp';
import evidenceIt from './pictures/evidence-it.webp';
import todayEn from './pictures/today-en.webp';
import draftEn from './pictures/draft-en.webp';
import reviewEn from './pictures/review-en.webp';
import ticketEn from './pictures/ticket-en.webp';
import evidenceEn from './pictures/evidence-en.webp';
import type { PicturedScreen } from './help-pages.ts';

/** How screens look, in each language, as `npm run help-pictures` took them of the real window. */
export const helpPictures: Readonly<Record<Language, Readonly<Record<PicturedScreen, string>>>> = {
  it: { today: todayIt, draft: draftIt, review: reviewIt, ticket: ticketIt, evidence: evidenceIt },
  en: { today: todayEn, draft: draftEn, review: reviewEn, ticket: ticketEn, evidence: evidenceEn },
};
