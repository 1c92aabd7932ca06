/** Longest name of a template, in characters, and how many a workshop may keep. */
export const templateNameMost = 80;
export const templatesMost = 60;
