import { createHash } from 'node:crypto';

/** Look of the operator's page: readable on the second screen of whoever plays the operator, nothing more. */
export const operatorStyle = `
:root { color-scheme: light dark; font: 14px/20px system-ui, sans-serif; }
body { max-width: 860px; margin: 0 auto; padding: 24px; }
h1 { font-size: 20px; } h2 { font-size: 16px; margin-top: 32px; }
article { border: 1px solid #8886; border-radius: 8px; padding: 16px; margin: 12px 0; }
h3 { margin: 0 0 8px; font-size: 15px; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/18px ui-monospace, monospace; margin: 4px 0; }
ol { padding: 0; list-style: none; } li { border-top: 1px solid #8886; padding: 8px 0; } time { opacity: 0.75; }
form { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 8px 0; }
textarea { flex: 1 1 100%; min-height: 60px; box-sizing: border-box; }
input, select, textarea, button { font: inherit; padding: 4px 8px; }
`;

/** What the page's policy calls this style by. */
export const operatorStyleSource = `'sha256-${createHash('sha256').update(operatorStyle).digest('base64')}'`;
