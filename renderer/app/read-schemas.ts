import { config } from 'zod';

// Schemas are read, never compiled: the page's policy allows no code made from text. Imported before any schema is made.
config({ jitless: true });
