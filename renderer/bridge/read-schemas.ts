import { config } from 'zod';

// Schemas are read, never compiled: the page's policy allows no code made from text. Loaded before any screen that makes one.
config({ jitless: true });
